package io.a2g.common.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Just enough JDBC for the bootstrap: statements with quoted names, and queries of one column. */
final class Sql {

  private final Connection connection;

  Sql(Connection connection) {
    this.connection = connection;
  }

  void execute(String statement) throws SQLException {
    try (var jdbc = connection.createStatement()) {
      jdbc.execute(statement);
    }
  }

  /** Like {@link #execute}, but a refusal leaves the transaction usable. */
  void executeOrRollBack(String statement) throws SQLException {
    var savepoint = connection.setSavepoint();
    try {
      execute(statement);
      connection.releaseSavepoint(savepoint);
    } catch (SQLException e) {
      connection.rollback(savepoint);
      throw e;
    }
  }

  /** Whether the query, which answers with one boolean, says true; no row means false. */
  boolean isTrue(String query, String... parameters) throws SQLException {
    return "t".equals(text(query, parameters));
  }

  /** The first column of the first row; null when there is no row or the value is null. */
  @Nullable String text(String query, String... parameters) throws SQLException {
    List<@Nullable String> rows = rows(query, parameters);
    return rows.isEmpty() ? null : rows.getFirst();
  }

  /** The first column of all rows. */
  List<@Nullable String> rows(String query, String... parameters) throws SQLException {
    try (var jdbc = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        jdbc.setString(i + 1, parameters[i]);
      }
      try (var result = jdbc.executeQuery()) {
        var rows = new ArrayList<@Nullable String>();
        while (result.next()) {
          rows.add(result.getString(1));
        }
        return rows;
      }
    }
  }

  static String name(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
