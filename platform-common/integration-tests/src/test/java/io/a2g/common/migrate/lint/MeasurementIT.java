package io.a2g.common.migrate.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.shadow.ShadowDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.ServiceIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasurementIT {

  private static final String TABLES =
      """
      CREATE TABLE users.o (id bigint PRIMARY KEY);
      CREATE TABLE users.t (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        o_id bigint NOT NULL REFERENCES users.o (id),
        a int CHECK (a BETWEEN 5 AND 9), b text NOT NULL CHECK (b ~ '^[a-z]{4}$'), c bigint);
      """;

  @TempDir private Path db;
  private final List<String> notes = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          measured-rewrite    | ALTER TABLE users.t ALTER COLUMN a TYPE bigint
          measured-rewrite    | ALTER TABLE users.t ADD COLUMN d uuid DEFAULT gen_random_uuid()
          measured-rewrite    | DO $$ BEGIN EXECUTE 'ALTER TABLE users.t ALTER COLUMN a TYPE bigint'; END $$
          measured-index-lock | CREATE INDEX i ON users.t (a)
          measured-index-lock | DO $$ BEGIN CREATE INDEX i ON users.t (a); END $$
          measured-validation | ALTER TABLE users.t ADD CONSTRAINT f FOREIGN KEY (c) REFERENCES users.t (id)
          measured-scan       | ALTER TABLE users.t ALTER COLUMN b SET NOT NULL, ALTER COLUMN c SET NOT NULL
          measured-scan       | ALTER TABLE users.t ADD CONSTRAINT k CHECK (a < 100)
          measured-scan       | ALTER TABLE users.t ADD UNIQUE (a)
          measured-scan       | ALTER TABLE users.t ADD COLUMN d int; SELECT count(*) FROM users.t
          measured-failure    | ALTER TABLE users.t ADD COLUMN d int NOT NULL
          """)
  void statementThatStopsTrafficIsSeen(String rule, String sql) {
    var files = new LintedFiles(db).migration(1, TABLES).migration(2, sql + ";");

    assertThat(measured(files))
        .filteredOn(finding -> finding.rule().startsWith("measured"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.rule()).isEqualTo(rule));
    assertThat(notes).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX CONCURRENTLY i ON users.t (a)",
        "ALTER TABLE users.t ADD COLUMN d int NOT NULL DEFAULT 7",
        "ALTER TABLE users.t ADD CONSTRAINT k CHECK (a < 100) NOT VALID",
        "ALTER TABLE users.t ADD CONSTRAINT f FOREIGN KEY (c) REFERENCES users.t (id) NOT VALID",
        "CREATE TABLE users.n (id bigint PRIMARY KEY REFERENCES users.t (id), a int); CREATE INDEX i ON users.n (a)",
        "UPDATE users.t SET a = 6 WHERE id = 1",
      })
  void statementThatLetsTrafficPassIsNotReported(String sql) {
    var files = new LintedFiles(db).migration(1, TABLES).migration(2, sql + ";");

    assertThat(measured(files)).isEmpty();
  }

  @Test
  void recipeForNotNullHoldsItsPromise() {
    var files =
        new LintedFiles(db)
            .migration(1, TABLES)
            .migration(2, "ALTER TABLE users.t ADD CONSTRAINT k CHECK (c IS NOT NULL) NOT VALID;")
            .migration(
                3,
                """
                ALTER TABLE users.t VALIDATE CONSTRAINT k;
                ALTER TABLE users.t ALTER COLUMN c SET NOT NULL;
                ALTER TABLE users.t DROP CONSTRAINT k;
                """);

    assertThat(measured(files)).isEmpty();
  }

  @Test
  void findingNamesTheLineOfTheStatement() {
    var files =
        new LintedFiles(db)
            .migration(1, TABLES)
            .migration(
                2,
                "-- lint-ignore index-locks-writes: shown to the other rule\nSELECT 1;\n\nCREATE INDEX i ON users.t (a);");

    assertThat(measured(files))
        .singleElement()
        .extracting(Finding::rule, Finding::line)
        .containsExactly("measured-index-lock", 4);
  }

  @Test
  void ignoringIsReportedWhereNothingWasMeasured() {
    var files =
        new LintedFiles(db)
            .migration(1, "-- lint-ignore measured-scan: no reason at all\n" + TABLES);

    assertThat(files.findings()).isEmpty();
    assertThat(measured(files)).singleElement().extracting(Finding::rule).isEqualTo("ignore");
  }

  @Test
  void tableWithoutARowIsNamedAndASeedFileHelps() {
    String sql = "CREATE TABLE users.x (a text NOT NULL CHECK (a ~ '^q+w$'));";
    var files = new LintedFiles(db).migration(1, sql);

    measured(files);
    assertThat(notes).singleElement().asString().contains("users.x");

    notes.clear();
    measured(files.with("seed/20261201_0901.sql", "INSERT INTO users.x VALUES ('qqw');"));
    assertThat(notes).isEmpty();
  }

  private List<Finding> measured(LintedFiles files) {
    Target target =
        new Target(
            ServiceIdentity.of("user-service"),
            TestDatabase.embedded().superuser(),
            files.files(),
            Limits.DEFAULT,
            Map.of());
    try (var shadow = ShadowDatabase.create(target, null)) {
      return Lint.of(files.files(), "users").measured(shadow.target(), null, notes::add);
    }
  }
}
