package io.a2g.common.migrate.history;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.log.ControlTables;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Work under Flyway's own lock, so that no migration runs beside it. */
final class LockedSchema {

  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final long POLL_MILLIS = 200;

  private LockedSchema() {}

  /**
   * Does work in one transaction on a connection that holds the lock, and commits. When the work
   * fails nothing of it stays; the session's end frees the lock.
   *
   * @throws MigrationFailure LOCK_BUSY when another session holds the lock for 10 s
   */
  static <T extends @Nullable Object> T on(Target target, Sql.Work<T> work) {
    return target.on(connection -> {
      var sql = new Sql(connection);
      sql.execute(Limits.NOTICE_A_KILLED_TOOL);
      lock(sql, target);
      ControlTables.create(connection, target.schema());
      connection.setAutoCommit(false);
      sql.execute(target.limits().setLocal());
      T result = work.on(connection);
      connection.commit();
      return result;
    });
  }

  private static void lock(Sql sql, Target target) throws SQLException {
    long end = System.nanoTime() + WAIT.toNanos();
    while (!sql.isTrue("SELECT pg_try_advisory_lock(?)", HistoryTable.lockKey(target.schema()))) {
      if (System.nanoTime() > end) {
        throw new MigrationFailure(
            ExitCode.LOCK_BUSY,
            "another migration of %s is running; wait for it and run this again"
                .formatted(target.schema()));
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new MigrationFailure(ExitCode.FAILED, "interrupted while waiting for the lock", e);
      }
    }
  }
}
