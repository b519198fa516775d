package io.a2g.common.migrate.move;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.Target;
import java.sql.Connection;
import java.sql.SQLException;

/** One transaction in one of the two databases; what is not committed is rolled back. */
final class MoveSession implements AutoCloseable {

  private final Target target;
  private final Connection connection;

  private MoveSession(Target target, Connection connection) {
    this.target = target;
    this.connection = connection;
  }

  /**
   * Begins a transaction in which values print the same way whatever the server's defaults are.
   *
   * @param isolation of {@link Connection}
   */
  static MoveSession begin(Target target, int isolation) {
    Connection connection = target.connect();
    var session = new MoveSession(target, connection);
    try {
      connection.setTransactionIsolation(isolation);
      connection.setAutoCommit(false);
      session.execute(target.limits().setLocal());
      // Copying takes as long as it takes.
      session.execute("SET LOCAL statement_timeout = 0");
      session.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
      session.execute("SET LOCAL timezone = 'UTC'");
      session.execute("SET LOCAL datestyle = 'ISO, YMD'");
      session.execute("SET LOCAL intervalstyle = 'iso_8601'");
      session.execute("SET LOCAL bytea_output = 'hex'");
      session.execute("SET LOCAL extra_float_digits = 1");
      return session;
    } catch (SQLException e) {
      session.close();
      throw DatabaseFailures.explain(e, target);
    }
  }

  Target target() {
    return target;
  }

  Connection connection() {
    return connection;
  }

  void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void commit() throws SQLException {
    connection.commit();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // The server rolls back by itself.
    }
  }
}
