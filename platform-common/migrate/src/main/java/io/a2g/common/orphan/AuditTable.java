package io.a2g.common.orphan;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;

/** The table {@code orphan_audits} of one schema: when each reference was looked at last. */
final class AuditTable {

  private final Connection connection;
  private final String table;

  AuditTable(Connection connection, String schema) {
    this.connection = connection;
    this.table = AuditedReference.quoted(schema) + ".orphan_audits";
  }

  /** Whether for one of these references no audit began for so long. */
  boolean isDue(List<AuditedReference> references, Duration interval) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT count(*) < ? FROM "
                + table
                + " WHERE reference = ANY (?) AND looked_at > now() - make_interval(secs => ?)")) {
      query.setInt(1, references.size());
      query.setArray(
          2,
          connection.createArrayOf(
              "text", references.stream().map(AuditedReference::name).toArray()));
      query.setDouble(3, interval.toMillis() / 1000.0);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** The database's time, which all replicas share. */
  OffsetDateTime now() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT now()");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getObject(1, OffsetDateTime.class);
    }
  }

  /**
   * Notes the outcome of a pass over all rows.
   *
   * @param began see {@link #now}
   */
  void store(ReferenceAudit audit, OffsetDateTime began) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            INSERT INTO %s AS a (reference, looked_at, completed_at, rows_seen, not_audited)
            VALUES (?, ?, CASE WHEN ?::text IS NULL THEN now() END, ?, ?)
            ON CONFLICT (reference) DO UPDATE
            SET looked_at = excluded.looked_at, completed_at = coalesce(excluded.completed_at, a.completed_at),
                rows_seen = excluded.rows_seen, not_audited = excluded.not_audited
            """
                .formatted(table))) {
      statement.setString(1, audit.reference());
      statement.setObject(2, began);
      statement.setString(3, audit.notAudited());
      statement.setLong(4, audit.rows());
      statement.setString(5, audit.notAudited());
      statement.executeUpdate();
    }
  }
}
