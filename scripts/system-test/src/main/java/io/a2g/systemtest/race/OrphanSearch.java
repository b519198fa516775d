package io.a2g.systemtest.race;

import io.a2g.common.database.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks through a whole database, as nobody but a superuser may. */
final class OrphanSearch {

  private OrphanSearch() {}

  /** A reference that a schema declares: a column, and the table that it points to. */
  private record Reference(String table, String column, String target, String onDelete) {}

  /**
   * Of every reference that the schemas declare: rows that point to nothing, and live ones that
   * point to a deleted owner.
   */
  static Map<String, Long> find(DatabaseUrl url) throws SQLException {
    Map<String, Long> found = new TreeMap<>();
    try (var database = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
        var statement = database.createStatement()) {
      for (String schema : List.of("agents", "chat", "tracing")) {
        String declared =
            "SELECT '%1$s.' || table_name, column_name, target, on_delete FROM %1$s.declared_references"
                .formatted(schema);
        try (var row = statement.executeQuery(declared)) {
          while (row.next()) {
            var reference =
                new Reference(
                    row.getString(1), row.getString(2), row.getString(3), row.getString(4));
            count(database, reference, found);
          }
        }
      }
    }
    return found;
  }

  private static void count(Connection database, Reference reference, Map<String, Long> found)
      throws SQLException {
    String table = reference.table();
    String column = reference.column();
    String target = reference.target();
    String withoutTarget =
        """
        SELECT count(*) FROM %1$s c WHERE %2$s IS NOT NULL
           AND NOT EXISTS (SELECT FROM %3$s t WHERE t.id = c.%2$s)\
        """
            .formatted(table, column, target);
    found.put(table + "." + column + ", no target", count(database, withoutTarget));
    if (reference.onDelete().equals("RESTRICT")) {
      String withDeletedTarget =
          """
          SELECT count(*) FROM %1$s c JOIN %3$s t ON t.id = c.%2$s
           WHERE c.deleted_at IS NULL AND t.deleted_at IS NOT NULL\
          """
              .formatted(table, column, target);
      found.put(table + "." + column + ", deleted target", count(database, withDeletedTarget));
    }
  }

  private static long count(Connection database, String sql) throws SQLException {
    try (var statement = database.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
