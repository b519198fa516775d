package io.a2g.common.migrate.backfill;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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
  private final Duration patience;

  /**
   * Nothing happens yet.
   *
   * @param patience how long replicas that fall behind, or transactions that are open, are waited
   *     for
   */
  BackfillRun(
      Target target,
      BackfillFile file,
      BackfillProgress progress,
      Connection connection,
      Duration patience)
      throws SQLException {
    this.target = target;
    this.file = file;
    this.progress = progress;
    this.connection = connection;
    this.sql = new Sql(connection);
    this.table = new BackfillTable(connection, target.schema());
    this.patience = patience;
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
    String end = settledEnd();
    while (true) {
      Batch batch = next(last, end, type);
      if (batch.to() == null) {
        String reached = end;
        end = settledEnd();
        if (!Objects.equals(end, reached)) {
          continue;
        }
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
          throw failed(ExitCode.FAILED, DatabaseFailures.oneLine(e), e);
        }
        pause(LONG_PAUSE);
      }
    }
  }

  private MigrationFailure failed(ExitCode code, String message, @Nullable SQLException e)
      throws SQLException {
    table.fail(file.name(), message);
    connection.commit();
    return new MigrationFailure(
        code,
        "the backfill %s failed and can go on from its last batch: %s"
            .formatted(file.name(), message),
        e);
  }

  private record Batch(@Nullable String to, long rows) {}

  private Batch next(@Nullable String last, @Nullable String end, String type) throws SQLException {
    if (end == null) {
      return new Batch(null, 0);
    }
    String after = last == null ? "" : " AND %s > CAST(? AS %s)".formatted(file.key(), type);
    return sql.first(
            "SELECT CAST(max(k) AS text), count(*) FROM (SELECT %1$s AS k FROM %2$s WHERE %1$s <= CAST(? AS %3$s)%4$s ORDER BY %1$s LIMIT %5$d) b"
                .formatted(file.key(), file.table(), type, after, file.batch()),
            row -> new Batch(row.getString(1), row.getLong(2)),
            last == null ? new Object[] {end} : new Object[] {end, last})
        .orElseThrow();
  }

  /**
   * The highest key, when no more rows come below it; null: no row. Those of transactions that are
   * open are not seen yet, and a batch that has gone past them would never come back.
   */
  private @Nullable String settledEnd() throws SQLException {
    String end = sql.text("SELECT max(%s)::text FROM %s".formatted(file.key(), file.table()));
    List<String> writers =
        sql.texts(
            """
            SELECT DISTINCT virtualtransaction FROM pg_locks
            WHERE mode = 'RowExclusiveLock' AND granted AND pid <> pg_backend_pid()
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND (relation = ?::regclass OR relation IN (SELECT relid FROM pg_partition_tree(?::regclass)))
            """,
            file.table(),
            file.table());
    connection.rollback();
    await(
        "transactions that write to %s do not end".formatted(file.table()),
        Duration.ofMillis(100),
        () ->
            sql.isTrue(
                "SELECT NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'virtualxid' AND virtualxid = ANY (?))",
                (Object) writers.toArray(String[]::new)));
    return end;
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

  // A user who may not see replicas has no lag to see.
  private void sleep() throws SQLException {
    pause(file.pause());
    await(
        "a replica is more than %d s behind".formatted(REPLICA_LAG.toSeconds()),
        LONG_PAUSE,
        () ->
            sql.number(
                    "SELECT coalesce(max(extract(epoch FROM replay_lag)), 0)::bigint FROM pg_stat_replication")
                <= REPLICA_LAG.toSeconds());
  }

  @FunctionalInterface
  private interface Condition {

    boolean holds() throws SQLException;
  }

  private void await(String otherwise, Duration poll, Condition condition) throws SQLException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.holds()) {
      connection.rollback();
      if (System.nanoTime() > deadline) {
        String message = "%s, for %d s".formatted(otherwise, patience.toSeconds());
        throw failed(ExitCode.LOCK_BUSY, message, null);
      }
      pause(poll);
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
