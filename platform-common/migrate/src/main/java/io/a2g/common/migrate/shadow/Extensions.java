package io.a2g.common.migrate.shadow;

import java.sql.Connection;
import java.sql.SQLException;

/** pgvector, with which some of the services' structure comes and goes. */
final class Extensions {

  private Extensions() {}

  /** Whether the server has it. */
  static boolean available(Connection connection) throws SQLException {
    return exists(connection, "pg_available_extensions WHERE name = 'vector'");
  }

  /** Whether the database has it. */
  static boolean installed(Connection connection) throws SQLException {
    return exists(connection, "pg_extension WHERE extname = 'vector'");
  }

  /** Takes it away from the database, with all that uses it. */
  static void drop(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("DROP EXTENSION IF EXISTS vector CASCADE");
    }
  }

  private static boolean exists(Connection connection, String from) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery("SELECT EXISTS (SELECT FROM %s)".formatted(from))) {
      result.next();
      return result.getBoolean(1);
    }
  }
}
