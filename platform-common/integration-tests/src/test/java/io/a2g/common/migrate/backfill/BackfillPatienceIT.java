package io.a2g.common.migrate.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backfill waits for, it does not wait for without an end. */
class BackfillPatienceIT {

  private static final PlatformSchema ADMIN = PlatformSchema.of("admin");

  private MigratedDatabase database;
  private Backfills backfills;

  @BeforeEach
  void tenRows(@TempDir Path folder) throws Exception {
    database = TestDatabase.get().migrated("backfill_patience");
    run(
        "DROP VIEW IF EXISTS admin.pg_stat_replication",
        "DROP TABLE IF EXISTS admin.things",
        "DROP TABLE IF EXISTS admin.migration_backfill",
        "SET ROLE admin_owner",
        "CREATE TABLE admin.things (id bigint PRIMARY KEY, touched int NOT NULL DEFAULT 0)",
        "INSERT INTO admin.things SELECT generate_series(1, 10)");
    Files.createDirectories(folder.resolve("backfill"));
    Files.writeString(
        folder.resolve("backfill/touch.sql"),
        "-- table: admin.things\n-- batch: 4\n-- pause: 0\nUPDATE admin.things SET touched = 1 WHERE :batch");
    backfills =
        new Backfills(
            new Target(
                MigratedDatabase.service(ADMIN),
                database.migrator(ADMIN),
                MigrationFiles.in(folder),
                Limits.DEFAULT,
                Map.of()),
            Duration.ofMillis(1));
  }

  @Test
  void replicaThatStaysBehindEndsTheRunWhichCanGoOn() throws SQLException {
    // Found before the server's own, because the path says so.
    run(
        "CREATE VIEW admin.pg_stat_replication AS SELECT interval '1 hour' AS replay_lag",
        "GRANT SELECT ON admin.pg_stat_replication TO PUBLIC",
        "ALTER ROLE admin_migrator IN DATABASE %s SET search_path = admin, pg_catalog"
            .formatted(database.superuser().database()));

    fails("a replica is more than 10 s behind");

    assertThat(backfills.status("touch").doneRows()).isEqualTo(4);
    run("DROP VIEW admin.pg_stat_replication");
    assertThat(backfills.run("touch", (done, total, rate) -> {}).state()).isEqualTo("DONE");
    assertThat(backfills.status("touch").doneRows()).isEqualTo(10);
  }

  @Test
  void transactionThatStaysOpenEndsTheRunWhichCanGoOn() throws SQLException {
    try (Connection writer = database.connect();
        var statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("INSERT INTO admin.things VALUES (0)");

      fails("transactions that write to admin.things do not end");
    }

    assertThat(backfills.run("touch", (done, total, rate) -> {}).state()).isEqualTo("DONE");
  }

  private void fails(String reason) {
    assertThatExceptionOfType(MigrationFailure.class)
        .isThrownBy(() -> backfills.run("touch", (done, total, rate) -> {}))
        .withMessageContaining(reason)
        .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.LOCK_BUSY));
    assertThat(backfills.status("touch").state()).isEqualTo("FAILED");
  }

  private void run(String... statements) throws SQLException {
    try (Connection connection = database.connect();
        var statement = connection.createStatement()) {
      for (String sql : List.of(statements)) {
        statement.execute(sql);
      }
    }
  }
}
