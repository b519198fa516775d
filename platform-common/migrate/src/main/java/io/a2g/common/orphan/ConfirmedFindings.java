package io.a2g.common.orphan;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The open and confirmed findings of one reference, as the repair goes through them. */
final class ConfirmedFindings {

  private final Connection connection;
  private final AuditedReference reference;

  ConfirmedFindings(Connection connection, AuditedReference reference) {
    this.connection = connection;
    this.reference = reference;
  }

  /** That of the whole column. */
  Optional<OrphanFinding> ofColumn() throws SQLException {
    try (PreparedStatement query = select("row_id IS NULL")) {
      return read(query).stream().findFirst();
    }
  }

  /** The next ones of rows, by the rows' ids. */
  List<OrphanFinding> ofRows(long after, int limit) throws SQLException {
    try (PreparedStatement query = select("row_id > ? ORDER BY row_id LIMIT ?")) {
      query.setLong(2, after);
      query.setInt(3, limit);
      return read(query);
    }
  }

  private PreparedStatement select(String condition) throws SQLException {
    PreparedStatement query =
        connection.prepareStatement(
            "SELECT %s FROM %s.orphan_findings WHERE reference = ? AND resolved_at IS NULL AND confirmed_at IS NOT NULL AND %s"
                .formatted(
                    OrphanFindings.COLUMNS,
                    AuditedReference.quoted(reference.schema()),
                    condition));
    query.setString(1, reference.name());
    return query;
  }

  private static List<OrphanFinding> read(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      List<OrphanFinding> findings = new ArrayList<>();
      while (row.next()) {
        findings.add(OrphanFindings.finding(row));
      }
      return findings;
    }
  }
}
