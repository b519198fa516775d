package io.a2g.common.migrate.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.topology.PlatformSchema;
import java.nio.file.Path;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LintTests {

  @TempDir private Path db;
  private LintedFiles files;

  @BeforeEach
  void makeFiles() {
    files = new LintedFiles(db);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "V1__x.sql",
        "V20261201_0901_x.sql",
        "V20261201_0901__Add-x.sql",
        "V20261301_0901__x.sql",
        "V20261201_2460__x.sql",
        "V20261201_0901__x.SQL",
        "v20261201_0901__x.sql",
        "U20261201_0901__x.sql",
        "afterDinner__x.sql",
        "V20261201_0901__x.conf",
        "notes.txt"
      })
  void nameThatFlywayWouldPassOverIsFound(String name) {
    assertThat(files.with("migration/" + name, "SELECT 1;").rules()).contains("file-name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"R__views.sql", "afterMigrate__grants.sql", "afterMigrate.sql"})
  void namesOfOtherKindsAreGood(String name) {
    assertThat(files.with("migration/" + name, "SELECT 1;").findings()).isEmpty();
  }

  @Test
  void everyMigrationHasItsUndoAndEveryUndoItsMigration() {
    files
        .with("migration/V20261201_0901__a.sql", "SELECT 1;")
        .with("undo/U20261201_0901__b.sql", "SELECT 1;");

    assertThat(files.rules()).containsExactlyInAnyOrder("missing-undo", "undo-without-migration");
  }

  @Test
  void irreversibleNeedsNoUndoButAReason() {
    files
        .with("migration/V20261201_0901__a.sql", "-- irreversible: the keys were hashed\nSELECT 1;")
        .with("migration/V20261201_0902__b.sql", "-- irreversible:\nSELECT 1;");

    assertThat(files.findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.rule()).isEqualTo("header");
          assertThat(finding.file()).startsWith("V20261201_0902");
        });
  }

  @Test
  void twoFilesOfOneVersionAreFound() {
    files.migration(1, "SELECT 1;").with("migration/V20261201_0901__other.sql", "SELECT 1;");

    assertThat(files.rules()).contains("same-version");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          transaction-control | BEGIN
          transaction-control | COMMIT
          transaction-control | START TRANSACTION ISOLATION LEVEL SERIALIZABLE
          transaction-control | SAVEPOINT a
          session-setting     | SET lock_timeout = '3s'
          session-setting     | SET SESSION timezone TO 'UTC'
          session-setting     | RESET ALL
          session-setting     | SELECT set_config('lock_timeout', '3s', false)
          other-schema        | ALTER TABLE agents.agents ADD COLUMN a int
          other-schema        | CREATE TABLE public.t (a int)
          other-schema        | INSERT INTO chat.chat_sessions DEFAULT VALUES
          other-schema        | SELECT count(*) FROM agents.agents
          other-schema        | ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES agents.agents (id) NOT VALID
          other-schema        | CREATE INDEX CONCURRENTLY i ON admin.usage_stats (day)
          other-schema        | CREATE TRIGGER g BEFORE UPDATE ON chat.x FOR EACH ROW EXECUTE FUNCTION users.f()
          other-schema        | GRANT EXECUTE ON FUNCTION agents.pin_agent(bigint) TO users_app
          other-schema        | CREATE EXTENSION vector
          needs-conf          | REINDEX INDEX CONCURRENTLY users.i
          needs-conf          | REINDEX (VERBOSE, CONCURRENTLY) TABLE users.t
          needs-conf          | ALTER TABLE users.t DETACH PARTITION users.p CONCURRENTLY
          header              | -- phase: explode
          review-me           | -- REVIEW ME
          ignore              | -- lint-ignore whole-table: nothing to ignore here
          ignore              | -- lint-ignore no-such-rule: because
          alone               | CREATE INDEX CONCURRENTLY i ON users.t (a); SELECT 1
          """)
  void fileThatCannotRunAsItIsIsFound(String rule, String sql) {
    assertThat(files.migration(1, sql + "\n;").rules()).contains(rule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET LOCAL lock_timeout = '3s'",
        "SET CONSTRAINTS ALL DEFERRED",
        "SELECT set_config('lock_timeout', '3s', true)",
        "CREATE FUNCTION users.f() RETURNS int LANGUAGE sql SET search_path = pg_catalog AS 'SELECT 1'",
        "SELECT agents.agent_names('{1}')",
        "INSERT INTO users.t SELECT n.name FROM agents.agent_names('{1}') n",
        "CREATE TEMP TABLE x ON COMMIT DROP AS SELECT 1",
        "COMMENT ON COLUMN t.a IS 'the agents.agents of it; COMMIT'",
        "GRANT EXECUTE ON FUNCTION users.f() TO agents_app",
        "DO $$ BEGIN NULL; END $$",
        "-- phase out the old: name\nSELECT 1",
      })
  void fileThatKeepsToItsTransactionAndSchemaIsGood(String sql) {
    assertThat(files.migration(1, sql + ";").findings()).isEmpty();
  }

  @Test
  void confIsNeededExactlyWhereFlywayDoesNotSee() {
    files
        .migration(1, "REINDEX INDEX CONCURRENTLY users.i;")
        .with("migration/V20261201_0901__step.sql.conf", "executeInTransaction=false")
        .migration(2, "SELECT 1;")
        .with("migration/V20261201_0902__step.sql.conf", "executeInTransaction=false");

    assertThat(files.rules()).containsExactly("needless-conf");
  }

  @Test
  void undoIsOneTransaction() {
    files
        .with("migration/V20261201_0901__a.sql", "CREATE INDEX CONCURRENTLY i ON users.t (a);")
        .with("undo/U20261201_0901__a.sql", "DROP INDEX CONCURRENTLY users.i;");

    assertThat(files.rules()).containsExactly("undo-transaction");
    files.with("undo/U20261201_0901__a.sql", "DROP INDEX users.i;");
    assertThat(files.findings()).isEmpty();
    files.with("undo/U20261201_0901__a.sql.conf", "executeInTransaction=false");
    assertThat(files.rules()).containsExactly("undo-transaction");
  }

  @Test
  void ignoringNeedsAReason() {
    files
        .migration(
            1, "-- lint-ignore whole-table: three rows, and nobody writes\nUPDATE t SET a = 1;")
        .migration(2, "-- lint-ignore whole-table:\nUPDATE t SET a = 1;");

    assertThat(files.rules()).containsExactlyInAnyOrder("whole-table", "ignore");
    assertThat(files.findings()).allSatisfy(f -> assertThat(f.file()).contains("0902"));
  }

  @Test
  void findingsTellFileAndLine() {
    files.migration(1, "SELECT 1;\n\n-- why\nTRUNCATE t;");

    assertThat(files.findings())
        .singleElement()
        .extracting(Finding::file, Finding::line, Finding::rule)
        .containsExactly("V20261201_0901__step.sql", 4, "truncate");
  }

  @Test
  void statementRulesPassOverWhatWasAppliedBeforeTheBaseline() {
    files
        .migration(1, "CREATE INDEX i ON users.t (a);")
        .migration(2, "CREATE INDEX j ON users.t (a);")
        .with("lint.properties", "baseline=20261201_0901");

    assertThat(files.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.file()).contains("0902"));
  }

  @Test
  void sinceShowsOnlyLaterFiles() {
    files.migration(1, "TRUNCATE t;").migration(2, "TRUNCATE t;");

    assertThat(Lint.of(files.files(), "users").text(MigrationVersion.fromVersion("20261201_0901")))
        .singleElement()
        .satisfies(finding -> assertThat(finding.file()).contains("0902"));
  }

  static PlatformSchema[] schemas() {
    return PlatformSchema.values();
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void filesOfTheServicesAreGood(PlatformSchema schema) {
    var own = MigrationFiles.in(MigratedDatabase.resources(schema).resolve("db"));

    assertThat(own.names("migration")).isNotEmpty();
    assertThat(Lint.of(own, schema.schemaName()).text(null)).isEmpty();
  }
}
