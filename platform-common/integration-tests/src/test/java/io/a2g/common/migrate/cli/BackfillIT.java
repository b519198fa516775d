package io.a2g.common.migrate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.a2g.common.migrate.cli.ToolOnDatabase.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackfillIT {

  private ToolOnDatabase tool;

  @BeforeEach
  void tenThousandRows(@TempDir Path folder) throws Exception {
    tool = new ToolOnDatabase(folder, "backfill");
    Files.createDirectories(folder.resolve("backfill"));
    tool.migration(
        "20260101_0900",
        "people",
        "CREATE TABLE users.people (id bigint PRIMARY KEY, touched int NOT NULL DEFAULT 0);"
            + " INSERT INTO users.people SELECT 3 * n FROM generate_series(1, 10050) n;",
        "DROP TABLE users.people;");
    assertThat(tool.run("upgrade", "head").code()).isZero();
    file(500, 0);
  }

  @Test
  void touchesEveryRowOnceInBatches() {
    Outcome done = tool.run("backfill", "run", "touch", "--json");

    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.json().at("/0/state").asString()).isEqualTo("DONE");
    assertThat(done.json().at("/0/done_rows").asInt()).isEqualTo(10_050);
    assertThat(touchedOnce()).isEqualTo("10050");
    assertThat(tool.run("backfill", "run", "touch").code()).isZero();
    assertThat(touchedOnce()).isEqualTo("10050");
  }

  @Test
  void goesOnAfterAPause() {
    file(100, 20);
    var run = CompletableFuture.supplyAsync(() -> tool.run("backfill", "run", "touch"));
    awaitSomeRows();
    assertThat(tool.run("backfill", "pause", "touch").code()).isZero();
    assertThat(run.join().code()).isZero();
    assertThat(state()).isEqualTo("PAUSED");
    assertThat(touchedOnce()).isNotEqualTo("10050");

    file(1000, 0);
    assertThat(tool.run("backfill", "resume", "touch").code()).isZero();
    assertThat(touchedOnce()).isEqualTo("10050");
  }

  @Test
  void losesAndRepeatsNothingWhenItsSessionIsKilled() {
    file(100, 20);
    var run = CompletableFuture.supplyAsync(() -> tool.run("backfill", "run", "touch"));
    awaitSomeRows();
    tool.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE application_name = 'user-service-migration' AND datname = current_database()");
    assertThat(run.join().code()).isNotZero();

    file(1000, 0);
    Outcome again = tool.run("backfill", "run", "touch");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(touchedOnce()).isEqualTo("10050");
  }

  // Its row would be behind the batches when it can be seen at last.
  @Test
  void rowOfATransactionThatIsOpenIsNotPassedOver() throws Exception {
    CompletableFuture<Outcome> run;
    try (Connection writer = tool.connect();
        var statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("INSERT INTO users.people VALUES (1)");
      run = CompletableFuture.supplyAsync(() -> tool.run("backfill", "run", "touch"));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() ->
              tool.query(
                      "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'user-service-migration' AND query LIKE '%virtualxid = ANY%'")
                  .equals("1"));
      writer.commit();
    }

    assertThat(run.join().code()).isZero();
    assertThat(touchedOnce()).isEqualTo("10051");
    assertThat(state()).isEqualTo("DONE");
  }

  @Test
  void secondRunnerAndRunningUndoAreRefused() {
    file(100, 20);
    var run = CompletableFuture.supplyAsync(() -> tool.run("backfill", "run", "touch"));
    awaitSomeRows();
    assertThat(tool.run("backfill", "run", "touch").code()).isEqualTo(6);
    assertThat(tool.run("downgrade", "-1").err()).contains("backfill touch is running");
    tool.run("backfill", "pause", "touch");
    run.join();
  }

  @Test
  void failureIsKeptAndSaid() {
    write("UPDATE users.people SET touched = 1 / (id - 1503) WHERE :batch");
    Outcome failed = tool.run("backfill", "run", "touch");
    assertThat(failed.code()).isEqualTo(5);
    assertThat(failed.err()).contains("division by zero");
    assertThat(state()).isEqualTo("FAILED");
    assertThat(tool.run("backfill", "list").out()).contains("touch").contains("FAILED");
  }

  @Test
  void badFilesAreRefused() {
    tool.write("backfill/bad.sql", "-- table: other.people\nUPDATE x SET a = 1 WHERE :batch");
    assertThat(tool.run("backfill", "run", "bad").err()).contains("-- table: must name");
    tool.write("backfill/bad.sql", "-- table: users.people\nUPDATE users.people SET touched = 1");
    assertThat(tool.run("backfill", "run", "bad").err()).contains(":batch");
    tool.write("backfill/bad.sql", "-- table: users.people\n-- batch: 0\nSELECT 1 WHERE :batch");
    assertThat(tool.run("backfill", "run", "bad").err()).contains("1 to 100000");
    assertThat(tool.run("backfill", "run", "none").code()).isEqualTo(64);
    assertThat(tool.run("backfill", "run").code()).isEqualTo(64);
  }

  private void file(int batch, int pause) {
    tool.write(
        "backfill/touch.sql",
        """
        -- table: users.people
        -- key: id
        -- batch: %d
        -- pause: %d
        UPDATE users.people SET touched = touched + 1 WHERE :batch;
        """
            .formatted(batch, pause));
  }

  private void write(String statement) {
    tool.write("backfill/touch.sql", "-- table: users.people\n" + statement);
  }

  private void awaitSomeRows() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> !"0".equals(tool.query("SELECT count(*) FROM users.people WHERE touched > 0")));
  }

  private String touchedOnce() {
    return tool.query("SELECT count(*) FROM users.people WHERE touched = 1");
  }

  private String state() {
    return tool.query("SELECT state FROM users.migration_backfill WHERE name = 'touch'");
  }
}
