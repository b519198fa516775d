package io.a2g.common.migrate.history;

import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.catalogue.Catalogue;
import io.a2g.common.migrate.catalogue.Kind;
import io.a2g.common.migrate.catalogue.ObjectName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tables and columns that an undo takes away, found by doing it.
 *
 * @param tables without schema
 * @param columns of tables that stay
 */
record DataLoss(List<String> tables, List<ObjectName> columns) {

  static DataLoss between(Catalogue before, Catalogue after) {
    Set<ObjectName> gone = new TreeSet<>(before.objects().keySet());
    gone.removeAll(after.objects().keySet());
    List<String> tables =
        gone.stream().filter(name -> name.kind() == Kind.TABLE).map(ObjectName::name).toList();
    List<ObjectName> columns =
        gone.stream()
            .filter(name -> name.kind() == Kind.COLUMN && !tables.contains(name.table()))
            .toList();
    return new DataLoss(tables, columns);
  }

  boolean isPossible() {
    return !tables.isEmpty() || !columns.isEmpty();
  }

  /** Counts what would be lost, in the schema as it was. */
  void requireNone(Connection connection, String schema, UndoOptions order) throws SQLException {
    if (order.allowDataLoss()) {
      return;
    }
    List<String> losses = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      for (String table : tables) {
        add(
            losses,
            statement,
            "SELECT count(*) FROM %s.\"%s\"".formatted(schema, table),
            "rows of " + table);
      }
      for (ObjectName column : columns) {
        add(
            losses,
            statement,
            "SELECT count(\"%s\") FROM %s.\"%s\"".formatted(column.name(), schema, column.table()),
            "values of %s.%s".formatted(column.table(), column.name()));
      }
    }
    if (!losses.isEmpty()) {
      throw MigrationFailure.refused(
          "the undo would lose %s: take a backup, then --allow-data-loss"
              .formatted(String.join(", ", losses)));
    }
  }

  private static void add(List<String> losses, Statement statement, String query, String what)
      throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      if (row.getLong(1) > 0) {
        losses.add("%d %s".formatted(row.getLong(1), what));
      }
    }
  }
}
