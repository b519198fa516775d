package io.a2g.common.orphan;

import java.sql.Connection;
import java.sql.SQLException;

/** Several statements of one connection, all or nothing. */
final class Transaction {

  private Transaction() {}

  /** What happens in it. */
  @FunctionalInterface
  interface Work<T, E extends Exception> {
    T run() throws SQLException, E;
  }

  /**
   * Commits what the work did; a failure takes it back.
   *
   * @param keep false: what the work did is taken back in any case
   */
  static <T, E extends Exception> T run(Connection connection, boolean keep, Work<T, E> work)
      throws SQLException, E {
    connection.setAutoCommit(false);
    boolean commit = false;
    try {
      T result = work.run();
      commit = keep;
      return result;
    } finally {
      end(connection, commit);
    }
  }

  private static void end(Connection connection, boolean commit) throws SQLException {
    try {
      if (commit) {
        connection.commit();
      } else {
        connection.rollback();
      }
    } finally {
      connection.setAutoCommit(true);
    }
  }
}
