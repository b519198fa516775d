package io.a2g.common.orphan;

import io.a2g.common.topology.Reference.OnDelete;
import io.a2g.common.topology.Reference.OnOrphan;
import io.a2g.common.topology.ReferenceTarget;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code declared_references}. The database is asked, not the code, because the tool of
 * one release may meet the schema of another.
 *
 * @param target schema and table, maybe one that this release does not know
 */
record AuditedReference(
    String schema,
    String table,
    String column,
    String target,
    OnDelete onDelete,
    OnOrphan onOrphan) {

  /** All of a schema; none when it refers to nothing. */
  static List<AuditedReference> all(Connection connection, String schema) throws SQLException {
    if (!exists(connection, schema + ".declared_references")) {
      return List.of();
    }
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT table_name, column_name, target, on_delete, on_orphan FROM %s.declared_references ORDER BY 1, 2"
                    .formatted(quoted(schema)));
        ResultSet row = query.executeQuery()) {
      List<AuditedReference> references = new ArrayList<>();
      while (row.next()) {
        references.add(
            new AuditedReference(
                schema,
                row.getString(1),
                row.getString(2),
                row.getString(3),
                OnDelete.valueOf(row.getString(4)),
                OnOrphan.valueOf(row.getString(5))));
      }
      return references;
    }
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      query.setString(1, table);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** The name in reports. */
  String name() {
    return table + "." + column;
  }

  /** The table in SQL. */
  String quotedTable() {
    return quoted(schema) + "." + quoted(table);
  }

  /** The column in SQL. */
  String quotedColumn() {
    return quoted(column);
  }

  ReferenceTarget knownTarget() throws NotAudited {
    return ReferenceTarget.ofTable(target)
        .orElseThrow(() -> new NotAudited("this release does not know the target " + target));
  }

  /** The type of the column now; null when it is gone. */
  @Nullable String columnType(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT format_type(a.atttypid, a.atttypmod)
            FROM pg_attribute a
              JOIN pg_class c ON c.oid = a.attrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND a.attname = ? AND a.attnum > 0 AND NOT a.attisdropped
            """)) {
      query.setString(1, schema);
      query.setString(2, table);
      query.setString(3, column);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    }
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
