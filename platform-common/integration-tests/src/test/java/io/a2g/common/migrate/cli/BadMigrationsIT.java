package io.a2g.common.migrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.cli.ToolOnDatabase.Outcome;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.ServiceIdentity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each bad input: one clear message, the documented exit code, and a next command that works. */
class BadMigrationsIT {

  private ToolOnDatabase tool;

  @BeforeEach
  void oneMigration(@TempDir Path folder) {
    tool = new ToolOnDatabase(folder, "bad");
    tool.migration(
        "20260102_0900",
        "people",
        "CREATE TABLE users.people (id bigint);",
        "DROP TABLE users.people;");
    assertThat(tool.run("upgrade", "head").code()).isZero();
  }

  @Test
  void wrongFileNameIsRefused() {
    tool.write("migration/V20260103_0900_one_underscore.sql", "SELECT 1;");
    refused("upgrade", "V20260103_0900_one_underscore.sql");
    refused("upgrade", "name migrations V<yyyyMMdd_HHmm>__what_it_does.sql");
    tool.delete("migration/V20260103_0900_one_underscore.sql");
    assertThat(tool.run("upgrade", "head").code()).isZero();
  }

  @Test
  void twoFilesOfOneVersionAreRefused() {
    tool.write("migration/V20260102_0900__again.sql", "SELECT 1;");
    refused("upgrade", "more than one migration with version 20260102.0900");
    refused("upgrade", "V20260102_0900__again.sql");
    refused("upgrade", "renumber");
  }

  @Test
  void lateMergedVersionIsRefused() {
    tool.migration("20260101_0900", "late", "SELECT 1;", "SELECT 1;");
    refused("upgrade", "renumber");
    assertThat(tool.run("current").out()).contains("1 merged late");
  }

  @Test
  void editedAppliedFileIsRefusedAndCanBeAccepted() {
    tool.write(
        "migration/V20260102_0900__people.sql", "-- who\nCREATE TABLE users.people (id bigint);");
    refused("upgrade", "V20260102_0900__people.sql was edited after it had been applied");
    refused("upgrade", "repair --accept-checksum 20260102.0900");
    assertThat(tool.run("upgrade", "head").err()).doesNotContain("http", "run repair");
    refused("downgrade", "-1", "edited after it had been applied");
    Outcome repaired =
        tool.run("repair", "--accept-checksum", "20260102_0900", "--reason", "comment");
    assertThat(repaired.code()).as(repaired.err()).isZero();
    assertThat(tool.run("upgrade", "head").code()).isZero();
  }

  @Test
  void tablesWithoutAHistoryAreRefusedAlreadyByThePlanAndCanBeStamped() {
    tool.execute("DROP TABLE users.flyway_schema_history");
    refused("upgrade", "--plan", "has tables but no history of migrations");
    refused("upgrade", "run adopt");
    assertThat(tool.run("stamp", "head", "--reason", "made by hand").code()).isZero();
    assertThat(tool.run("current", "--check-heads").code()).isZero();
    assertThat(tool.run("upgrade", "head").code()).isZero();
  }

  @Test
  void newSchemaCanBeHeldBeforeItsFirstMigration() {
    tool.execute("DROP SCHEMA users CASCADE; CREATE SCHEMA users");
    assertThat(tool.run("hold", "--reason", "not yet").code()).isZero();
    assertThat(tool.run("upgrade", "head").code()).isEqualTo(4);
    tool.run("release");
    Outcome upgraded = tool.run("upgrade", "head");
    assertThat(upgraded.code()).as(upgraded.err()).isZero();
    assertThat(tool.query("SELECT to_regclass('users.people')")).isNotNull();
  }

  @Test
  void failingStatementInTheMiddleLeavesNothing() {
    tool.migration(
        "20260103_0900",
        "broken",
        "CREATE TABLE users.a (id bigint); SELECT 1 / 0;",
        "DROP TABLE users.a;");

    Outcome failed = tool.run("upgrade", "head");
    assertThat(failed.code()).isEqualTo(5);
    assertThat(failed.err())
        .contains("V20260103_0900__broken.sql failed at line 1: ERROR: division by zero")
        .contains("nothing of it stayed")
        .doesNotContain("-X");
    assertThat(tool.query("SELECT to_regclass('users.a')")).isNull();

    tool.migration(
        "20260103_0900", "broken", "CREATE TABLE users.a (id bigint);", "DROP TABLE users.a;");
    assertThat(tool.run("upgrade", "head").code()).isZero();
  }

  @Test
  void tablesWithoutAHistoryAreLeftAlone(@TempDir Path folder) {
    tool = new ToolOnDatabase(folder, "tables");
    tool.migration("20260102_0900", "people", "CREATE TABLE users.people (id bigint);", null);
    tool.execute("CREATE TABLE users.people (id bigint)");

    refused("upgrade", "run adopt");
    assertThat(tool.run("stamp", "20260102_0900", "--reason", "made by hand").code()).isZero();
    assertThat(tool.run("upgrade", "head").code()).isZero();
  }

  @Test
  void failedConcurrentIndexIsRepairedWithItsInvalidIndex() {
    tool.execute("INSERT INTO users.people VALUES (1), (1)");
    tool.migration(
        "20260103_0900",
        "unique",
        "CREATE UNIQUE INDEX CONCURRENTLY people_id_key ON users.people (id);",
        "DROP INDEX users.people_id_key;");

    assertThat(tool.run("upgrade", "head").code()).isEqualTo(5);
    refused("upgrade", "repair --failed 20260103.0900");
    tool.execute("DELETE FROM users.people");
    Outcome repaired = tool.run("repair", "--failed", "20260103_0900");
    assertThat(repaired.code()).as(repaired.err()).isZero();
    assertThat(repaired.out()).contains("dropped invalid users.people_id_key");
    assertThat(tool.run("upgrade", "head").code()).isZero();
    assertThat(
            tool.query(
                "SELECT indisvalid FROM pg_index WHERE indexrelid = 'users.people_id_key'::regclass"))
        .isEqualTo("t");
  }

  @Test
  void contractStepWaitsForItsBackfill() {
    tool.migration(
        "20260103_0900",
        "drop_old",
        "-- phase: contract\n-- backfill: new_ids\nSELECT 1;",
        "SELECT 1;");
    Outcome refused = tool.run("upgrade", "head");
    assertThat(refused.code()).isEqualTo(4);
    assertThat(refused.err()).contains("waits for the backfill new_ids, which is PENDING");
    tool.execute("INSERT INTO users.migration_backfill (name, state) VALUES ('new_ids', 'DONE')");
    assertThat(tool.run("upgrade", "head").code()).isZero();
  }

  @Test
  void wrongPasswordMissingDatabaseAndDeadServerAreToldApart() {
    DatabaseUrl database = tool.database();
    Outcome missing = tool.runAs(database.withDatabase("no_such"), "current");
    assertThat(missing.code()).isEqualTo(7);
    assertThat(missing.err()).contains("make it with create-schemas --create-database");
    for (String password : new String[] {"wrong", ""}) {
      Outcome wrong =
          tool.runAs(database.withCredentials(database.user(), password), "upgrade", "head");
      assertThat(wrong.code()).isEqualTo(7);
      assertThat(wrong.err())
          .contains("refuses the user " + database.user())
          .contains("check user and password");
    }
    Outcome dead =
        tool.runAs(DatabaseUrl.parse("postgresql://a:b@127.0.0.1:1/x"), "upgrade", "head");
    assertThat(dead.code()).isEqualTo(7);
    assertThat(dead.err()).contains("127.0.0.1:1/x does not answer").doesNotContain("Exception");
    tool.execute("DROP ROLE IF EXISTS migrate_weak");
    tool.execute("CREATE ROLE migrate_weak LOGIN PASSWORD 'weak'");
    Outcome weak = tool.runAs(database.withCredentials("migrate_weak", "weak"), "upgrade", "head");
    assertThat(weak.code()).isEqualTo(8);
    tool.execute("DROP ROLE migrate_weak");
  }

  @Test
  void createSchemasTakesItsOptionsWithAndWithoutTheDelimiter() {
    DatabaseUrl made = TestDatabase.get().reserveUrl("made");

    assertThat(createSchemas("--create-database", "--single-user", "--url", made.uri())).isZero();
    assertThat(createSchemas("--", "--single-user", "--url", made.uri())).isZero();
    assertThat(createSchemas("--nonsense")).isEqualTo(64);
  }

  @Test
  void createSchemasAnswersPrograms() {
    DatabaseUrl made = TestDatabase.get().reserveUrl("made");
    StringWriter answer = new StringWriter();

    assertThat(createSchemas(answer, "--json", "--single-user", "--url", made.uri())).isEqualTo(7);
    JsonNode missing = JsonMapper.shared().readTree(answer.toString());
    assertThat(missing.path("ok").asBoolean(true)).isFalse();
    assertThat(missing.path("exit_code").asInt()).isEqualTo(7);
    assertThat(missing.path("error").asString()).contains("--create-database");

    answer.getBuffer().setLength(0);
    assertThat(
            createSchemas(
                answer, "--create-database", "--single-user", "--url", made.uri(), "--json"))
        .isZero();
    JsonNode done = JsonMapper.shared().readTree(answer.toString());
    assertThat(done.path("ok").asBoolean()).isTrue();
    assertThat(done.path("database").asString()).isEqualTo(made.display());
    assertThat(done.path("made").toString()).contains("schema users");

    answer.getBuffer().setLength(0);
    assertThat(createSchemas(answer, "--json", "--url", made.uri())).isEqualTo(64);
    assertThat(answer.toString()).contains("--single-user").doesNotContain(made.password());
  }

  private static int createSchemas(String... options) {
    return createSchemas(new StringWriter(), options);
  }

  private static int createSchemas(StringWriter answer, String... options) {
    String[] arguments =
        Stream.concat(Stream.of("create-schemas"), Stream.of(options)).toArray(String[]::new);
    return MigrateTool.run(
        ServiceIdentity.of("user-service"),
        Map.of(),
        new PrintWriter(answer),
        new PrintWriter(new StringWriter()),
        arguments);
  }

  @Test
  void newerSchemaThanTheImageIsLeftAlone() {
    tool.migration(
        "20260103_0900", "next", "CREATE TABLE users.b (id bigint);", "DROP TABLE users.b;");
    tool.run("upgrade", "head");
    tool.delete("migration/V20260103_0900__next.sql");
    assertThat(tool.run("upgrade", "head").code()).isZero();
    assertThat(tool.run("current", "--json").json().path("version").asString())
        .isEqualTo("20260103.0900");
  }

  @Test
  void wrongUsageEndsWith64() {
    assertThat(tool.run("upgrde").code()).isEqualTo(64);
    assertThat(tool.run("upgrade", "2099").code()).isEqualTo(64);
    assertThat(tool.run("upgrade", "--nope").code()).isEqualTo(64);
    assertThat(tool.run("stamp", "head").code()).isEqualTo(64);
    assertThat(tool.run("repair").code()).isEqualTo(64);
  }

  @Test
  void stampRecordsWithoutRunning() {
    tool.migration(
        "20260103_0900",
        "made_by_hand",
        "CREATE TABLE users.c (id bigint);",
        "DROP TABLE users.c;");
    tool.execute("CREATE TABLE users.c (id bigint)");
    assertThat(tool.run("stamp", "head", "--reason", "made by the DBA").code()).isZero();
    assertThat(tool.run("current", "--check-heads").code()).isZero();
    assertThat(tool.query("SELECT reason FROM users.migration_audit WHERE action = 'STAMPED'"))
        .isEqualTo("made by the DBA");
  }

  @Test
  void holdByHandStopsUpgradeUntilReleased() {
    tool.migration(
        "20260103_0900", "next", "CREATE TABLE users.b (id bigint);", "DROP TABLE users.b;");
    assertThat(tool.run("hold", "--reason", "freeze").code()).isZero();
    Outcome held = tool.run("upgrade", "head");
    assertThat(held.code()).isEqualTo(4);
    assertThat(held.err()).contains("freeze");
    tool.run("release");
    assertThat(tool.run("upgrade", "head").code()).isZero();
  }

  @Test
  void waitEndsWith2WhenNobodyMigrates() {
    assertThat(tool.run("wait", "--for", "head", "--timeout", "1").code()).isZero();
    tool.migration("20260103_0900", "next", "SELECT 1;", "SELECT 1;");
    assertThat(tool.run("wait", "--for", "head", "--timeout", "1").code()).isEqualTo(2);
  }

  private void refused(String command, String message) {
    Outcome outcome = tool.run(command, "head");
    assertThat(outcome.err()).containsIgnoringCase(message);
    assertThat(outcome.code()).isEqualTo(4);
  }

  private void refused(String command, String argument, String message) {
    Outcome outcome = tool.run(command, argument);
    assertThat(outcome.err()).containsIgnoringCase(message);
    assertThat(outcome.code()).isEqualTo(4);
  }
}
