package io.a2g.common.migrate.backfill;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.log.ControlTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One run of one backfill. Each batch and the note of how far it is are one commit, so that a
 * killed run loses nothing and repeats nothing.
 */
final class BackfillRun {

  // "a2g" and "back" in hexadecimal; any constant would do.
  private static final long LOCK = 0x0061_3267_6261_636bL;
  private static final Duration REPLICA_LAG = Duration.ofSeconds(10);
  private static final Duration LONG_PAUSE = Duration.ofSeconds(2);

  private final Target target;
  private final BackfillFile file;
  private final BackfillProgress progress;

  BackfillRun(Target target, BackfillFile file, BackfillProgress progress) {
    this.target = target;
    this.file = file;
    this.progress = progress;
  }

  void run() {
    try (Connection connection = target.connect()) {
      ControlTables.create(connection, target.schema());
      takeLock(connection);
      work(connection, new BackfillTable(connection, target.schema()));
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, target);
    }
  }

  private void work(Connection connection, BackfillTable table) throws SQLException {
    BackfillStatus status = table.find(file.name()).orElse(BackfillStatus.pending(file.name()));
    if (status.state().equals("DONE")) {
      return;
    }
    long total =
        status.totalRows() == null
            ? number(connection, "SELECT count(*) FROM " + file.table())
            : status.totalRows();
    table.start(file.name(), total);
    connection.setAutoCommit(false);
    String type = keyType(connection);
    String last = status.lastKey();
    long gone = last == null ? 0 : status.doneRows();
    long inThisRun = 0;
    long started = System.nanoTime();
    while (true) {
      Batch batch = next(connection, last, type);
      if (batch.to() == null) {
        table.finish(file.name());
        connection.commit();
        return;
      }
      if (!run(connection, table, batch, last, type)) {
        return;
      }
      last = batch.to();
      gone += batch.rows();
      inThisRun += batch.rows();
      double seconds = Math.max(1e-3, (System.nanoTime() - started) / 1e9);
      progress.batch(gone, total, inThisRun / seconds);
      sleep(connection);
    }
  }

  /** False when it was paused; then nothing of the batch is kept. */
  private boolean run(
      Connection connection, BackfillTable table, Batch batch, @Nullable String last, String type)
      throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        limit(connection);
        change(connection, batch, last, type);
        if (!table.advance(file.name(), String.valueOf(batch.to()), batch.rows())) {
          connection.rollback();
          return false;
        }
        connection.commit();
        return true;
      } catch (SQLException e) {
        connection.rollback();
        if (!DatabaseFailures.isLockTimeout(e) || attempt >= target.limits().attempts()) {
          throw failed(connection, table, e);
        }
        pause(LONG_PAUSE);
      }
    }
  }

  private MigrationFailure failed(Connection connection, BackfillTable table, SQLException e)
      throws SQLException {
    String message = DatabaseFailures.oneLine(e);
    table.fail(file.name(), message);
    connection.commit();
    return new MigrationFailure(
        ExitCode.FAILED,
        "the backfill %s failed and can go on from its last batch: %s"
            .formatted(file.name(), message),
        e);
  }

  private record Batch(@Nullable String to, long rows) {}

  private Batch next(Connection connection, @Nullable String last, String type)
      throws SQLException {
    String after = last == null ? "" : " WHERE %s > CAST(? AS %s)".formatted(file.key(), type);
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT CAST(max(k) AS text), count(*) FROM (SELECT %1$s AS k FROM %2$s%3$s ORDER BY %1$s LIMIT %4$d) b"
                .formatted(file.key(), file.table(), after, file.batch()))) {
      if (last != null) {
        query.setString(1, last);
      }
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return new Batch(row.getString(1), row.getLong(2));
      }
    }
  }

  private void change(Connection connection, Batch batch, @Nullable String last, String type)
      throws SQLException {
    String rows =
        last == null
            ? "(%1$s <= CAST(? AS %2$s))".formatted(file.key(), type)
            : "(%1$s > CAST(? AS %2$s) AND %1$s <= CAST(? AS %2$s))".formatted(file.key(), type);
    try (PreparedStatement statement =
        connection.prepareStatement(file.statement().replace(":batch", rows))) {
      if (last != null) {
        statement.setString(1, last);
      }
      statement.setString(last == null ? 1 : 2, batch.to());
      statement.execute();
    }
  }

  private String keyType(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = ?::regclass"
                + " AND attname = ? AND NOT attisdropped")) {
      query.setString(1, file.table());
      query.setString(2, file.key());
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          throw MigrationFailure.refused("%s has no column %s".formatted(file.table(), file.key()));
        }
        return row.getString(1);
      }
    }
  }

  private void takeLock(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT pg_try_advisory_lock(? + hashtext(?))")) {
      query.setLong(1, LOCK);
      query.setString(2, target.schema() + "." + file.name());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        if (!row.getBoolean(1)) {
          throw Backfills.busy(file.name());
        }
      }
    }
  }

  private void limit(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(target.limits().setLocal());
    }
  }

  // Replicas that fall behind are waited for; a user who may not see them has no lag to see.
  private void sleep(Connection connection) throws SQLException {
    pause(file.pause());
    while (number(
            connection,
            "SELECT coalesce(max(extract(epoch FROM replay_lag)), 0)::bigint FROM pg_stat_replication")
        > REPLICA_LAG.toSeconds()) {
      connection.rollback();
      pause(LONG_PAUSE);
    }
    connection.rollback();
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationFailure(ExitCode.FAILED, "interrupted between two batches", e);
    }
  }
}
