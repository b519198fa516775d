package io.a2g.common.migrate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session dies in the middle: nothing is half done, and the next command simply works. */
class CrashIT {

  private ToolOnDatabase tool;

  @BeforeEach
  void oneMigration(@TempDir Path folder) {
    tool = new ToolOnDatabase(folder, "crash");
    tool.migration(
        "20260101_0900",
        "people",
        "CREATE TABLE users.people (id bigint);",
        "DROP TABLE users.people;");
    assertThat(tool.run("upgrade", "head").code()).isZero();
  }

  @Test
  void migrationThatDiesLeavesNothingAndRunsAgain() {
    tool.migration(
        "20260102_0900",
        "slow",
        "CREATE TABLE users.a (id bigint); SELECT pg_sleep(60);",
        "DROP TABLE users.a;");
    int code = runAndKill("upgrade", "head");

    assertThat(code).isNotZero();
    assertThat(tool.query("SELECT to_regclass('users.a')")).isNull();
    tool.migration(
        "20260102_0900", "slow", "CREATE TABLE users.a (id bigint);", "DROP TABLE users.a;");
    assertThat(tool.run("upgrade", "head").code()).isZero();
  }

  @Test
  void undoThatDiesLeavesEverythingAndRunsAgain() {
    tool.write("undo/U20260101_0900__people.sql", "DROP TABLE users.people; SELECT pg_sleep(60);");
    int code = runAndKill("downgrade", "-1", "--accept-changed-undo");

    assertThat(code).isNotZero();
    assertThat(tool.query("SELECT to_regclass('users.people')")).isNotNull();
    assertThat(tool.run("current", "--check-heads").code()).isZero();
    tool.write("undo/U20260101_0900__people.sql", "DROP TABLE users.people;");
    assertThat(tool.run("downgrade", "-1").code()).isZero();
  }

  @Test
  void databaseThatGoesAwayIsSaidAsSuch() {
    tool.migration("20260102_0900", "slow", "SELECT pg_sleep(60);", "SELECT 1;");
    assertThat(runAndKill("upgrade", "head")).isIn(5, 7);
  }

  private int runAndKill(String... command) {
    var run = CompletableFuture.supplyAsync(() -> tool.run(command).code());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            tool.query(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event = 'PgSleep'")
                != null);
    return run.join();
  }
}
