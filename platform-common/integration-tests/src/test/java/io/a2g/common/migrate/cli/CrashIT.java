package io.a2g.common.migrate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.a2g.common.migrate.cli.ToolOnDatabase.Outcome;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database session dies in the middle, or the tool is killed so that it can clean up nothing:
 * the next command works, or says which one does.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CrashIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private ToolOnDatabase tool;

  @BeforeEach
  void oneMigration(@TempDir Path folder) {
    tool = new ToolOnDatabase(folder, "crash");
    tool.migration(
        "20260101_0900",
        "people",
        "CREATE TABLE users.people (id bigint, name text);",
        "DROP TABLE users.people;");
    assertThat(tool.run("upgrade", "head").code()).isZero();
  }

  @Test
  void migrationWhoseSessionDiesLeavesNothingAndRunsAgain() {
    slowMigration();
    assertThat(runAndEndSession("upgrade", "head")).isEqualTo(7);

    assertThat(tool.query("SELECT to_regclass('users.a')")).isNull();
    quickMigration();
    assertThat(tool.run("upgrade", "head").code()).isZero();
  }

  @Test
  void undoWhoseSessionDiesLeavesEverythingAndRunsAgain() {
    tool.write("undo/U20260101_0900__people.sql", "DROP TABLE users.people; SELECT pg_sleep(600);");
    assertThat(runAndEndSession("downgrade", "-1", "--accept-changed-undo")).isEqualTo(7);

    assertThat(tool.query("SELECT to_regclass('users.people')")).isNotNull();
    assertThat(tool.run("current", "--check-heads").code()).isZero();
    tool.write("undo/U20260101_0900__people.sql", "DROP TABLE users.people;");
    assertThat(tool.run("downgrade", "-1").code()).isZero();
  }

  @Test
  void toolKilledInAFileLeavesNothingAndItsLockGoes() {
    slowMigration();
    killWhen("wait_event = 'PgSleep'", "upgrade", "head");

    // The statement would sleep for minutes, and the lock with it.
    quickMigration();
    assertThat(tool.run("upgrade", "head").code()).isZero();
    assertThat(tool.query("SELECT count(*) FROM users.flyway_schema_history")).isEqualTo("2");
  }

  @Test
  void toolKilledInAnUndoLeavesEverythingAndItsLockGoes() {
    tool.write("undo/U20260101_0900__people.sql", "DROP TABLE users.people; SELECT pg_sleep(600);");
    killWhen("wait_event = 'PgSleep'", "downgrade", "-1", "--accept-changed-undo");
    awaitEndOfSessions();

    assertThat(tool.run("current", "--check-heads").code()).isZero();
    tool.write("undo/U20260101_0900__people.sql", "DROP TABLE users.people;");
    assertThat(tool.run("downgrade", "-1").code()).isZero();
  }

  @Test
  void toolKilledWhileAnIndexIsMadeIsRepairedByDroppingTheHalf() throws SQLException {
    indexMigration();
    try (Connection reader = tool.connect()) {
      hold(reader, "users.people IN ROW EXCLUSIVE MODE");
      killWhen("wait_event_type = 'Lock'", "upgrade", "head");
      awaitEndOfSessions();
    }

    assertThat(isValid()).isEqualTo("f");
    refusedUntilRepaired("there, unfinished");
    Outcome repaired = tool.run("repair", "--failed", "20260102_0900");
    assertThat(repaired.code()).as(repaired.err()).isZero();
    assertThat(repaired.out()).contains("dropped invalid users.people_name_idx");
    assertThat(tool.run("upgrade", "head").code()).isZero();
    assertThat(isValid()).isEqualTo("t");
  }

  @Test
  void toolKilledBetweenAnIndexAndItsRowIsRepairedByRecordingIt() throws SQLException {
    indexMigration();
    killAfterTheStatement();

    assertThat(isValid()).isEqualTo("t");
    assertThat(tool.run("current").out()).contains("1 pending");
    refusedUntilRepaired("is there:");
    Outcome repaired =
        tool.run("repair", "--failed", "20260102_0900", "--reason", "the pod was evicted");
    assertThat(repaired.code()).as(repaired.err()).isZero();
    assertThat(repaired.out()).contains("recorded as applied");
    assertThat(
            tool.query(
                "SELECT actor || ': ' || reason FROM users.migration_audit ORDER BY id DESC LIMIT 1"))
        .isEqualTo("tester: the pod was evicted");
    assertThat(tool.run("upgrade", "head").out()).contains("nothing to apply");
    assertThat(tool.run("current", "--check-heads").code()).isZero();
    assertThat(tool.run("downgrade", "-1", "--allow-difference").code()).isZero();
  }

  @Test
  void anIndexThatIsNotTheFilesIsNotRecorded() throws SQLException {
    indexMigration();
    tool.execute("CREATE INDEX people_name_idx ON users.people (name) WHERE id > 7");

    refusedUntilRepaired("is there:");
    Outcome refused = tool.run("repair", "--failed", "20260102_0900");
    assertThat(refused.code()).isEqualTo(4);
    assertThat(refused.err())
        .contains("WHERE (id > 7)")
        .contains("DROP INDEX CONCURRENTLY users.people_name_idx");
    tool.execute("DROP INDEX users.people_name_idx");
    assertThat(tool.run("upgrade", "head").code()).isZero();
  }

  @Test
  void toolKilledBetweenADroppedIndexAndItsRowIsRepairedByRecordingIt() throws SQLException {
    tool.execute("CREATE INDEX people_name_idx ON users.people (name)");
    tool.migration(
        "20260102_0900",
        "drop_index",
        "-- Nothing reads it.\nDROP INDEX CONCURRENTLY users.people_name_idx;",
        "CREATE INDEX people_name_idx ON users.people (name);");
    killAfterTheStatement();

    refusedUntilRepaired("gone");
    assertThat(tool.run("repair", "--failed", "20260102_0900").out())
        .contains("recorded as applied");
    assertThat(tool.run("current", "--check-heads").code()).isZero();
  }

  private void slowMigration() {
    tool.migration(
        "20260102_0900",
        "slow",
        "CREATE TABLE users.a (id bigint); SELECT pg_sleep(600);",
        "DROP TABLE users.a;");
  }

  private void quickMigration() {
    tool.migration(
        "20260102_0900", "slow", "CREATE TABLE users.a (id bigint);", "DROP TABLE users.a;");
  }

  private void indexMigration() {
    tool.migration(
        "20260102_0900",
        "index_names",
        "CREATE INDEX CONCURRENTLY people_name_idx ON users.people (lower(name));",
        "DROP INDEX users.people_name_idx;");
  }

  private void refusedUntilRepaired(String state) {
    Outcome refused = tool.run("upgrade", "head");
    assertThat(refused.err()).contains(state).contains("repair --failed 20260102.0900");
    assertThat(refused.code()).isEqualTo(4);
  }

  // The audit row comes after the statement and before the row of the history.
  private void killAfterTheStatement() throws SQLException {
    try (Connection other = tool.connect()) {
      hold(other, "users.migration_audit IN SHARE MODE");
      killWhen("wait_event_type = 'Lock' AND query ~ 'INSERT'", "upgrade", "head");
      awaitEndOfSessions();
    }
  }

  private static void hold(Connection connection, String lock) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("LOCK TABLE " + lock);
    }
  }

  private void killWhen(String condition, String... command) {
    Process process = tool.start(command);
    await()
        .atMost(PATIENCE)
        .until(() -> tool.query(session("pid", condition)) != null || !process.isAlive());
    assertThat(process.isAlive()).as("still running, so that it can be killed").isTrue();
    process.destroyForcibly().onExit().join();
  }

  // Whatever the killed tool began is over.
  private void awaitEndOfSessions() {
    await().atMost(PATIENCE).until(() -> tool.query(session("pid", "true")) == null);
  }

  private static String session(String what, String condition) {
    return "SELECT %s FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'user-service-migration' AND %s"
        .formatted(what, condition);
  }

  private String isValid() {
    return tool.query(
        "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('users.people_name_idx')");
  }

  private int runAndEndSession(String... command) {
    var run = CompletableFuture.supplyAsync(() -> tool.run(command).code());
    await()
        .atMost(PATIENCE)
        .until(() ->
            tool.query(session("pg_terminate_backend(pid)", "wait_event = 'PgSleep'")) != null);
    return run.join();
  }
}
