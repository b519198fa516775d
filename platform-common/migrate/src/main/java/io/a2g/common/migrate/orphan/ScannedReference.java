package io.a2g.common.migrate.orphan;

import io.a2g.common.database.Sql;
import io.a2g.common.topology.Reference.OnDelete;
import io.a2g.common.topology.Reference.OnOrphan;
import io.a2g.common.topology.ReferenceTarget;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code declared_references}. The database is asked, not the code, because the tool of
 * one release may meet the schema of another.
 *
 * @param target schema and table, maybe one that this release does not know
 */
record ScannedReference(
    String schema,
    String table,
    String column,
    String target,
    OnDelete onDelete,
    OnOrphan onOrphan) {

  /**
   * Those of a schema; none when it refers to nothing.
   *
   * @param name the only one; null: all
   */
  static List<ScannedReference> of(Sql sql, String schema, @Nullable String name)
      throws SQLException {
    if (sql.text("SELECT to_regclass(?)::text", schema + ".declared_references") == null) {
      return List.of();
    }
    return sql.list(
        "SELECT table_name, column_name, target, on_delete, on_orphan FROM %s.declared_references WHERE ?::text IS NULL OR table_name || '.' || column_name = ? ORDER BY 1, 2"
            .formatted(Sql.name(schema)),
        row ->
            new ScannedReference(
                schema,
                row.getString(1),
                row.getString(2),
                row.getString(3),
                OnDelete.valueOf(row.getString(4)),
                OnOrphan.valueOf(row.getString(5))),
        name,
        name);
  }

  /** The name in reports. */
  String name() {
    return table + "." + column;
  }

  /** The table in SQL. */
  String quotedTable() {
    return Sql.name(schema) + "." + Sql.name(table);
  }

  /** The column in SQL. */
  String quotedColumn() {
    return Sql.name(column);
  }

  ReferenceTarget knownTarget() {
    return ReferenceTarget.ofTable(target)
        .orElseThrow(() -> new NotScanned("this release does not know the target " + target));
  }

  /** The type of the column now; null when it is gone. */
  @Nullable String columnType(Sql sql) throws SQLException {
    return sql.text(
        """
        SELECT format_type(a.atttypid, a.atttypmod)
        FROM pg_attribute a
          JOIN pg_class c ON c.oid = a.attrelid
          JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ? AND c.relname = ? AND a.attname = ? AND a.attnum > 0 AND NOT a.attisdropped
        """,
        schema,
        table,
        column);
  }
}
