package io.a2g.common.migrate.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScramVerifierTests {

  // Made by PostgreSQL 15: CREATE ROLE … PASSWORD 'pencil'.
  private static final String OF_POSTGRESQL =
      "SCRAM-SHA-256$4096:P8nKILapbfAfFYbZDe2MLQ==$O/7AB+QLv+YQ00r8nTn420n5bzt7qRSZa4IvqmgeqXo=:gj28PlrINBq47WQ4fJnuFYdUZIHH7i2hScnZALRlLjg=";

  @Test
  void matchesWhenPostgresqlMadeTheVerifier() {
    assertThat(ScramVerifier.matches(OF_POSTGRESQL, "pencil")).isTrue();
    assertThat(ScramVerifier.matches(OF_POSTGRESQL, "Pencil")).isFalse();
  }

  @Test
  void ofMakesAnotherVerifierEachTime() {
    String first = ScramVerifier.of("pencil");
    String second = ScramVerifier.of("pencil");

    assertThat(first).isNotEqualTo(second).startsWith("SCRAM-SHA-256$4096:");
    assertThat(ScramVerifier.matches(second, "pencil")).isTrue();
  }

  @Test
  void matchesWhenThereIsNoScramVerifierIsFalse() {
    assertThat(ScramVerifier.matches(null, "pencil")).isFalse();
    assertThat(ScramVerifier.matches("md5b1c2d3", "pencil")).isFalse();
  }
}
