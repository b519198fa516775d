package io.a2g.common.migrate.orphan;

import io.a2g.common.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * One scan of a schema at a time. The lock lasts as long as a transaction of its own, so it works
 * through a pooler, and ends with the process that holds it. The transaction reads and writes
 * nothing, so it keeps no row from being vacuumed.
 */
final class ScanLock implements AutoCloseable {

  private static final String NOT_AVAILABLE = "55P03";

  private final Connection connection;

  private ScanLock(Connection connection) {
    this.connection = connection;
  }

  /** Empty when another process scans the schema. */
  static Optional<ScanLock> take(ConnectionSource source, String schema) throws SQLException {
    ScanLock lock = new ScanLock(source.open());
    boolean taken = false;
    try {
      taken = lock.isTaken(schema);
      return taken ? Optional.of(lock) : Optional.empty();
    } finally {
      if (!taken) {
        lock.close();
      }
    }
  }

  private boolean isTaken(String schema) throws SQLException {
    connection.setAutoCommit(false);
    Sql sql = new Sql(connection);
    // A pass over what is suspected takes moments, and is waited for.
    sql.execute("SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = '2s'");
    try {
      sql.update("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", schema + ".orphan_audits");
      return true;
    } catch (SQLException e) {
      if (NOT_AVAILABLE.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }
}
