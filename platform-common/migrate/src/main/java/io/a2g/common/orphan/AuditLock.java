package io.a2g.common.orphan;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * One auditor of a schema at a time. The lock lasts as long as a transaction of its own, so it
 * works through a pooler, and ends with the process that holds it. The transaction reads and writes
 * nothing, so it keeps no row from being vacuumed.
 */
final class AuditLock implements AutoCloseable {

  /** A pass over what is suspected takes moments, and is waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final String NOT_AVAILABLE = "55P03";

  private final Connection connection;

  private AuditLock(Connection connection) {
    this.connection = connection;
  }

  /** Empty when another process audits the schema. */
  static Optional<AuditLock> take(ConnectionSource source, String schema) throws SQLException {
    Connection connection = source.open();
    boolean taken = false;
    try {
      connection.setAutoCommit(false);
      taken = lock(connection, schema);
      return taken ? Optional.of(new AuditLock(connection)) : Optional.empty();
    } finally {
      if (!taken) {
        end(connection);
      }
    }
  }

  private static boolean lock(Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = "
              + PATIENCE.toMillis());
    }
    try (PreparedStatement query =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
      query.setString(1, schema + ".orphan_audits");
      query.execute();
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
    end(connection);
  }

  private static void end(Connection connection) throws SQLException {
    try (connection) {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }
}
