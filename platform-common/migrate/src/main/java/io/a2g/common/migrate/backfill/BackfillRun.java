package io.a2g.common.migrate.backfill;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import java.sql.Connection;
import java.sql.SQLException;
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
  private final Connection connection;
  private final Sql sql;
  private final BackfillTable table;

  BackfillRun(Target target, BackfillFile file, BackfillProgress progress, Connection connection)
      throws SQLException {
    this.target = target;
    this.file = file;
    this.progress = progress;
    this.connection = connection;
    this.sql = new Sql(connection);
    this.table = new BackfillTable(connection, target.schema());
  }

  void run() throws SQLException {
    if (!sql.isTrue(
        "SELECT pg_try_advisory_lock(? + hashtext(?))",
        LOCK,
        target.schema() + "." + file.name())) {
      throw new MigrationFailure(
          ExitCode.LOCK_BUSY, "the backfill %s is running elsewhere".formatted(file.name()));
    }
    BackfillStatus status = table.find(file.name());
    if (status.state().equals("DONE")) {
      return;
    }
    long total =
        status.totalRows() == null
            ? sql.number("SELECT count(*) FROM " + file.table())
            : status.totalRows();
    table.start(file.name(), total);
    connection.setAutoCommit(false);
    String type = keyType();
    String last = status.lastKey();
    long gone = last == null ? 0 : status.doneRows();
    long inThisRun = 0;
    long started = System.nanoTime();
    while (true) {
      Batch batch = next(last, type);
      if (batch.to() == null) {
        table.finish(file.name());
        connection.commit();
        return;
      }
      if (!run(batch, last, type)) {
        return;
      }
      last = batch.to();
      gone += batch.rows();
      inThisRun += batch.rows();
      double seconds = Math.max(1e-3, (System.nanoTime() - started) / 1e9);
      progress.batch(gone, total, inThisRun / seconds);
      sleep();
    }
  }

  /** False when it was paused; then nothing of the batch is kept. */
  private boolean run(Batch batch, @Nullable String last, String type) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        sql.execute(target.limits().setLocal());
        change(batch, last, type);
        if (!table.advance(file.name(), String.valueOf(batch.to()), batch.rows())) {
          connection.rollback();
          return false;
        }
        connection.commit();
        return true;
      } catch (SQLException e) {
        connection.rollback();
        if (!DatabaseFailures.isLockTimeout(e) || attempt >= target.limits().attempts()) {
          throw failed(e);
        }
        pause(LONG_PAUSE);
      }
    }
  }

  private MigrationFailure failed(SQLException e) throws SQLException {
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

  private Batch next(@Nullable String last, String type) throws SQLException {
    String after = last == null ? "" : " WHERE %s > CAST(? AS %s)".formatted(file.key(), type);
    return sql.first(
            "SELECT CAST(max(k) AS text), count(*) FROM (SELECT %1$s AS k FROM %2$s%3$s ORDER BY %1$s LIMIT %4$d) b"
                .formatted(file.key(), file.table(), after, file.batch()),
            row -> new Batch(row.getString(1), row.getLong(2)),
            last == null ? new Object[0] : new Object[] {last})
        .orElseThrow();
  }

  private void change(Batch batch, @Nullable String last, String type) throws SQLException {
    String key = file.key();
    String rows =
        last == null
            ? "(%1$s <= CAST(? AS %2$s))".formatted(key, type)
            : "(%1$s > CAST(? AS %2$s) AND %1$s <= CAST(? AS %2$s))".formatted(key, type);
    String to = String.valueOf(batch.to());
    Object[] range = last == null ? new Object[] {to} : new Object[] {last, to};
    sql.update(file.statement().replace(":batch", rows), range);
  }

  private String keyType() throws SQLException {
    return sql.first(
            "SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = ?::regclass"
                + " AND attname = ? AND NOT attisdropped",
            row -> row.getString(1),
            file.table(),
            file.key())
        .orElseThrow(() ->
            MigrationFailure.refused("%s has no column %s".formatted(file.table(), file.key())));
  }

  // Replicas that fall behind are waited for; a user who may not see them has no lag to see.
  private void sleep() throws SQLException {
    pause(file.pause());
    while (sql.number(
            "SELECT coalesce(max(extract(epoch FROM replay_lag)), 0)::bigint FROM pg_stat_replication")
        > REPLICA_LAG.toSeconds()) {
      connection.rollback();
      pause(LONG_PAUSE);
    }
    connection.rollback();
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
