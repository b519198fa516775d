package io.a2g.common.migrate.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.database.DatabaseUrl;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LibpqEnvironmentTests {

  @Test
  void addressAndCredentialsBecomeVariables() {
    var url = DatabaseUrl.parse("postgresql://us%40er:p%2Fw@db.example:6543/a2g%20x");

    assertThat(LibpqEnvironment.of(url))
        .containsEntry("PGHOST", "db.example")
        .containsEntry("PGPORT", "6543")
        .containsEntry("PGDATABASE", "a2g x")
        .containsEntry("PGUSER", "us@er")
        .containsEntry("PGPASSWORD", "p/w");
  }

  @Test
  void severalServersAndIpv6KeepTheirOrder() {
    var url = DatabaseUrl.parse("postgresql://[::1],b:5433/a2g?targetServerType=primary");

    assertThat(LibpqEnvironment.of(url))
        .containsEntry("PGHOST", "::1,b")
        .containsEntry("PGPORT", "5432,5433")
        .containsEntry("PGTARGETSESSIONATTRS", "read-write")
        .doesNotContainKeys("PGUSER", "PGPASSWORD");
  }

  @Test
  void encryptionIsNoWeakerThanTheDriversOwn() {
    assertThat(LibpqEnvironment.of(DatabaseUrl.parse("jdbc:postgresql://h/a2g?ssl=true")))
        .containsEntry("PGSSLMODE", "verify-full");
    assertThat(LibpqEnvironment.of(DatabaseUrl.parse("jdbc:postgresql://h/a2g?sslmode=require")))
        .containsEntry("PGSSLMODE", "require");
  }

  @Test
  void variablesOfTheCallerLeadNowhereElse() {
    var environment =
        new HashMap<>(
            Map.of("PGHOSTADDR", "10.0.0.1", "PGSERVICE", "other", "PGPASSFILE", "f", "HOME", "h"));

    LibpqEnvironment.replaceIn(environment, Map.of("PGHOST", "db"));

    assertThat(environment).isEqualTo(Map.of("PGPASSFILE", "f", "HOME", "h", "PGHOST", "db"));
  }
}
