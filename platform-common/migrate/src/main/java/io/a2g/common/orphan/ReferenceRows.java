package io.a2g.common.orphan;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the table that holds a reference. */
final class ReferenceRows {

  private final Connection connection;
  private final AuditedReference reference;

  ReferenceRows(Connection connection, AuditedReference reference) {
    this.connection = connection;
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
    try (PreparedStatement query = select("id > ? ORDER BY id LIMIT ?")) {
      query.setLong(1, after);
      query.setInt(2, limit);
      return read(query);
    }
  }

  /** Those of these rows that exist. */
  List<Row> byId(Collection<Long> ids) throws SQLException {
    return byId(ids, "");
  }

  /** The same, unchangeable for others until the transaction ends. */
  List<Row> locked(Collection<Long> ids) throws SQLException {
    return byId(ids, " FOR UPDATE");
  }

  private List<Row> byId(Collection<Long> ids, String lock) throws SQLException {
    try (PreparedStatement query = select("id = ANY (?) ORDER BY id" + lock)) {
      query.setArray(1, array(ids));
      return read(query);
    }
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
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE %s SET %s, version = version + 1 WHERE id = ANY (?)"
                .formatted(reference.quotedTable(), change))) {
      update.setArray(1, array(ids));
      update.executeUpdate();
    }
  }

  private PreparedStatement select(String condition) throws SQLException {
    return connection.prepareStatement(
        "SELECT id, CASE WHEN deleted_at IS NULL THEN %s::text END FROM %s WHERE %s"
            .formatted(reference.quotedColumn(), reference.quotedTable(), condition));
  }

  private Array array(Collection<Long> ids) throws SQLException {
    return connection.createArrayOf("bigint", ids.toArray());
  }

  private static List<Row> read(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      List<Row> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(new Row(row.getLong(1), row.getString(2)));
      }
      return rows;
    }
  }
}
