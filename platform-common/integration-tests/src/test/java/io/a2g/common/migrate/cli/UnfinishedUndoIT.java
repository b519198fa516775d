package io.a2g.common.migrate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.a2g.common.migrate.cli.ToolOnDatabase.Outcome;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An undo outside a transaction that is interrupted is shown, blocks, and can be finished. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class UnfinishedUndoIT {

  private static final String VERSION = "20260102.0900";

  private ToolOnDatabase tool;

  @BeforeEach
  void indexUndoneOutsideATransaction(@TempDir Path folder) {
    tool = new ToolOnDatabase(folder, "unfinished");
    tool.migration(
        "20260101_0900",
        "people",
        "CREATE TABLE users.people (id bigint, name text);",
        "DROP TABLE users.people;");
    tool.migration(
        "20260102_0900",
        "index_names",
        "CREATE INDEX CONCURRENTLY people_name_idx ON users.people (name);",
        "DROP INDEX CONCURRENTLY users.people_name_idx;");
    tool.write("undo/U20260102_0900__index_names.sql.conf", "executeInTransaction=false");
    assertThat(tool.run("upgrade", "head").code()).isZero();
  }

  @Test
  void lockedTableLeavesAnUndoThatEverybodySeesAndResumeFinishes() throws SQLException {
    interruptByALock();

    assertThat(indexIsValid()).isEqualTo("f");
    assertThat(tool.run("current").out())
        .contains("undo of 20260102.0900 not finished")
        .doesNotContain("(head)");
    assertThat(tool.run("current", "--check-heads").code()).isEqualTo(2);
    assertThat(tool.run("current", "--json").json().path("undo_broken").asString())
        .isEqualTo(VERSION);
    assertThat(tool.run("history").out()).contains("undo broken");
    assertThat(tool.run("wait", "--for", "head", "--timeout", "1").code()).isEqualTo(2);
    for (String[] command :
        new String[][] {
          {"upgrade", "head"},
          {"upgrade", "+1"},
          {"upgrade", "--plan"},
          {"stamp", "head", "--reason", "no"}
        }) {
      Outcome refused = tool.run(command);
      assertThat(refused.err()).contains("the undo of 20260102.0900, which tester began at");
      assertThat(refused.err()).contains("run downgrade --resume first");
      assertThat(refused.code()).isEqualTo(4);
    }

    assertFinishedBy(tool.run("downgrade", "--resume", "--reason", "second try"));
    assertThat(
            tool.query(
                "SELECT actor || ': ' || reason FROM users.migration_audit WHERE action = 'UNDONE'"))
        .isEqualTo("tester: second try");
    assertThat(tool.run("upgrade", "head").code()).isEqualTo(4);
    assertThat(tool.run("release").code()).isZero();
    assertThat(tool.run("upgrade", "head").code()).isZero();
    assertThat(indexIsValid()).isEqualTo("t");
  }

  @Test
  void sameDowngradeAgainFinishesIt() throws SQLException {
    interruptByALock();
    assertFinishedBy(tool.run("downgrade", "-1"));
  }

  @Test
  void lockBeforeAnythingHappenedLeavesNothingToFinish() throws SQLException {
    try (Connection writer = tool.connect()) {
      lock(writer, "SHARE UPDATE EXCLUSIVE");
      Outcome busy = tool.run("downgrade", "-1", "--lock-timeout", "1");
      assertThat(busy.err()).contains("changed nothing").contains("20260102.0900 is still applied");
      assertThat(busy.code()).isEqualTo(6);
    }

    assertThat(tool.run("current").out()).contains("(head)");
    assertThat(tool.run("upgrade", "head").code()).isZero();
    assertFinishedBy(tool.run("downgrade", "-1"));
  }

  @Test
  void toolKilledInTheStatementIsResumed() throws SQLException {
    try (Connection reader = tool.connect()) {
      lock(reader, "ACCESS SHARE");
      killWhenItWaits("DROP INDEX", "--lock-timeout", "600");
    }
    assertThat(tool.run("current").out()).contains("not finished");
    assertFinishedBy(tool.run("downgrade", "--resume"));
  }

  @Test
  void toolKilledBetweenTheStatementAndItsRowIsResumed() throws SQLException {
    try (Connection other = tool.connect()) {
      other.setAutoCommit(false);
      other.createStatement().execute("LOCK TABLE users.flyway_schema_history IN SHARE MODE");
      killWhenItWaits("INSERT INTO users.flyway_schema_history", "--lock-timeout", "600");
    }
    assertThat(indexIsValid()).isNull();
    assertThat(tool.run("current").out()).contains("not finished");
    assertFinishedBy(tool.run("downgrade", "--resume"));
  }

  @Test
  void undoThatMakesAnIndexIsResumedByMakingItAnew() throws SQLException {
    tool.migration(
        "20260103_0900",
        "drop_index",
        "DROP INDEX CONCURRENTLY users.people_name_idx;",
        "CREATE INDEX CONCURRENTLY people_name_idx ON users.people (name);");
    assertThat(tool.run("upgrade", "head").code()).isZero();
    try (Connection writer = tool.connect()) {
      lock(writer, "ROW EXCLUSIVE");
      killWhenItWaits("CREATE INDEX");
    }

    assertThat(indexIsValid()).isEqualTo("f");
    Outcome resumed = tool.run("downgrade", "--resume");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(indexIsValid()).isEqualTo("t");
  }

  @Test
  void resumeWithNothingToResumeIsRefused() {
    Outcome refused = tool.run("downgrade", "--resume");
    assertThat(refused.code()).isEqualTo(4);
    assertThat(refused.err()).contains("no undo of users@").contains("was interrupted");
    assertThat(tool.run("downgrade").code()).isEqualTo(64);
  }

  // A reader lets DROP INDEX CONCURRENTLY begin, and then it waits for the reader.
  private void interruptByALock() throws SQLException {
    try (Connection reader = tool.connect()) {
      lock(reader, "ACCESS SHARE");
      Outcome busy = tool.run("downgrade", "-1", "--lock-timeout", "1");
      assertThat(busy.err()).contains("undone in part").contains("downgrade --resume");
      assertThat(busy.code()).isEqualTo(6);
    }
  }

  private static void lock(Connection connection, String mode) throws SQLException {
    connection.setAutoCommit(false);
    connection.createStatement().execute("LOCK TABLE users.people IN " + mode + " MODE");
  }

  private void killWhenItWaits(String statement, String... options) {
    String[] command = new String[options.length + 2];
    command[0] = "downgrade";
    command[1] = "-1";
    System.arraycopy(options, 0, command, 2, options.length);
    Process process = tool.start(command);
    String session =
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'user-service-migration'";
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            tool.query(session + " AND wait_event_type = 'Lock' AND query ~ '" + statement + "'")
                != null);
    process.destroyForcibly().onExit().join();
    await().atMost(Duration.ofSeconds(60)).until(() -> tool.query(session) == null);
  }

  private void assertFinishedBy(Outcome finished) {
    assertThat(finished.code()).as(finished.err()).isZero();
    assertThat(indexIsValid()).isNull();
    assertThat(tool.run("current").out())
        .contains("20260101.0900")
        .contains("1 pending")
        .doesNotContain("not finished");
    assertThat(
            tool.query(
                "SELECT count(*) FROM users.flyway_schema_history WHERE type = 'DELETE' AND success"))
        .isEqualTo("1");
  }

  private String indexIsValid() {
    return tool.query(
        "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('users.people_name_idx')");
  }
}
