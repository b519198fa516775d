package io.a2g.common.migrate.history;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.log.ControlTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A connection that holds Flyway's own lock, so that nobody migrates beside it, with a transaction
 * open. Closing rolls back what was not committed, and the session's end frees the lock.
 */
final class LockedSchema implements AutoCloseable {

  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final long POLL_MILLIS = 200;

  private final Connection connection;

  private LockedSchema(Connection connection) {
    this.connection = connection;
  }

  /**
   * Takes the lock.
   *
   * @throws MigrationFailure LOCK_BUSY when somebody else holds it for 10 s
   */
  static LockedSchema take(Target target) {
    Connection connection = target.connect();
    try (Statement settings = connection.createStatement()) {
      settings.execute(Limits.NOTICE_A_KILLED_TOOL);
      lock(connection, target);
      ControlTables.create(connection, target.schema());
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(target.limits().setLocal());
      }
      return new LockedSchema(connection);
    } catch (SQLException | MigrationFailure e) {
      closeQuietly(connection);
      if (e instanceof SQLException sql) {
        throw DatabaseFailures.explain(sql, target);
      }
      throw (MigrationFailure) e;
    }
  }

  Connection connection() {
    return connection;
  }

  @Override
  public void close() {
    closeQuietly(connection);
  }

  private static void lock(Connection connection, Target target) throws SQLException {
    long end = System.nanoTime() + WAIT.toNanos();
    try (PreparedStatement query = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
      query.setLong(1, HistoryTable.lockKey(target.schema()));
      while (!isTrue(query)) {
        if (System.nanoTime() > end) {
          throw new MigrationFailure(
              ExitCode.LOCK_BUSY,
              "another migration of %s is running; wait for it and run this again"
                  .formatted(target.schema()));
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationFailure(ExitCode.FAILED, "interrupted while waiting for the lock", e);
    }
  }

  private static boolean isTrue(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // It was going away; the server frees what it held.
    }
  }
}
