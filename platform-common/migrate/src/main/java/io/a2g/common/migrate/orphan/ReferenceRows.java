package io.a2g.common.migrate.orphan;

import io.a2g.common.database.Sql;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the table that holds a reference. */
final class ReferenceRows {

  private final Sql sql;
  private final ScannedReference reference;

  ReferenceRows(Sql sql, ScannedReference reference) {
    this.sql = sql;
    this.reference = reference;
  }

  /**
   * A row.
   *
   * @param value what the column holds, as text; null when it refers to nothing or is deleted
   */
  record Row(long id, @Nullable String value) {}

  /**
   * The next rows by id. Deleted and empty ones are among them, so that one query never has to pass
   * over more rows than it returns, whatever the table holds.
   */
  List<Row> page(long after, int limit) throws SQLException {
    return select("id > ? ORDER BY id LIMIT ?", after, limit);
  }

  /** Those of these rows that exist. */
  List<Row> byId(Collection<Long> ids) throws SQLException {
    return select("id = ANY (?) ORDER BY id", array(ids));
  }

  /** The same, unchangeable for others until the transaction ends. */
  List<Row> locked(Collection<Long> ids) throws SQLException {
    return select("id = ANY (?) ORDER BY id FOR UPDATE", array(ids));
  }

  /** Marks rows deleted. */
  void softDelete(Collection<Long> ids) throws SQLException {
    update("deleted_at = now()", ids);
  }

  /** Makes rows refer to nothing. */
  void setNull(Collection<Long> ids) throws SQLException {
    update(reference.quotedColumn() + " = NULL", ids);
  }

  private void update(String change, Collection<Long> ids) throws SQLException {
    sql.update(
        "UPDATE %s SET %s, version = version + 1 WHERE id = ANY (?)"
            .formatted(reference.quotedTable(), change),
        array(ids));
  }

  private List<Row> select(String condition, Object... parameters) throws SQLException {
    return sql.list(
        "SELECT id, CASE WHEN deleted_at IS NULL THEN %s::text END FROM %s WHERE %s"
            .formatted(reference.quotedColumn(), reference.quotedTable(), condition),
        row -> new Row(row.getLong(1), row.getString(2)),
        parameters);
  }

  // One parameter, not one for each element.
  private static Object array(Collection<Long> ids) {
    return ids.toArray(Long[]::new);
  }
}
