package io.a2g.common.reference;

import io.a2g.common.testkit.database.MigratedDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What must not be there after a race, of every declared reference.
 *
 * @param dangling rows, live or deleted, whose target does not exist
 * @param ofDeleted live rows of RESTRICT references whose target is marked deleted
 */
record Orphans(long dangling, long ofDeleted) {

  static Orphans in(MigratedDatabase database) throws SQLException {
    long dangling = 0;
    long ofDeleted = 0;
    try (Connection connection = database.connect()) {
      for (Declared one : declared(connection)) {
        dangling +=
            count(
                connection,
                "SELECT count(*) FROM %s c WHERE c.%s IS NOT NULL AND NOT EXISTS (SELECT FROM %s t WHERE t.id = c.%2$s)"
                    .formatted(one.table(), one.column(), one.target()));
        if (one.restrict()) {
          ofDeleted +=
              count(
                  connection,
                  "SELECT count(*) FROM %s c JOIN %s t ON t.id = c.%s WHERE c.deleted_at IS NULL AND t.deleted_at IS NOT NULL"
                      .formatted(one.table(), one.target(), one.column()));
        }
      }
    }
    return new Orphans(dangling, ofDeleted);
  }

  private record Declared(String table, String column, String target, boolean restrict) {}

  private static List<Declared> declared(Connection connection) throws SQLException {
    List<Declared> all = new ArrayList<>();
    for (String schema : List.of("agents", "chat", "tracing")) {
      try (var statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT '%1$s.' || table_name, column_name, target, on_delete = 'RESTRICT' FROM %1$s.declared_references"
                      .formatted(schema))) {
        while (row.next()) {
          all.add(
              new Declared(
                  row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4)));
        }
      }
    }
    return all;
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
