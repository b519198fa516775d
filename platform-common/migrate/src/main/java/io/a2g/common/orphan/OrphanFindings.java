package io.a2g.common.orphan;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what the audits of one schema found. */
public final class OrphanFindings {

  static final String COLUMNS =
      "id, reference, row_id, target_id, kind, first_seen_at, confirmed_at, resolved_at, resolution";

  private final ConnectionSource source;
  private final String schema;

  /** Of one schema. */
  public OrphanFindings(ConnectionSource source, String schema) {
    this.source = source;
    this.schema = schema;
  }

  /** Open and confirmed findings of one kind. */
  public record Count(String reference, OrphanKind kind, long confirmed) {}

  /**
   * The last audit of one reference.
   *
   * @param completedAt when the last one that saw every row ended; null: there was none yet
   * @param rows how many rows the last one looked at
   * @param notAudited why the last one could not see every row; null: it could
   */
  public record LastAudit(
      String reference, @Nullable Instant completedAt, long rows, @Nullable String notAudited) {}

  /**
   * Findings, newest first.
   *
   * @param reference the only one; null: all
   * @param confirmed true: those that are open and confirmed; false: suspected and resolved ones
   *     too
   * @param beforeId ids below this one follow
   */
  public List<OrphanFinding> list(
      @Nullable String reference, boolean confirmed, long beforeId, int limit) throws SQLException {
    String sql =
        "SELECT "
            + COLUMNS
            + " FROM %s.orphan_findings WHERE (?::text IS NULL OR reference = ?) AND id < ?%s ORDER BY id DESC LIMIT ?"
                .formatted(
                    AuditedReference.quoted(schema),
                    confirmed ? " AND resolved_at IS NULL AND confirmed_at IS NOT NULL" : "");
    try (Connection connection = source.open();
        PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, reference);
      query.setString(2, reference);
      query.setLong(3, beforeId);
      query.setInt(4, limit);
      try (ResultSet row = query.executeQuery()) {
        List<OrphanFinding> findings = new ArrayList<>();
        while (row.next()) {
          findings.add(finding(row));
        }
        return findings;
      }
    }
  }

  /** Open and confirmed findings by reference and kind; what is clean is missing. */
  public List<Count> counts() throws SQLException {
    try (Connection connection = source.open();
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT reference, kind, count(*) FROM %s.orphan_findings WHERE resolved_at IS NULL AND confirmed_at IS NOT NULL GROUP BY 1, 2"
                    .formatted(AuditedReference.quoted(schema)));
        ResultSet row = query.executeQuery()) {
      List<Count> counts = new ArrayList<>();
      while (row.next()) {
        counts.add(new Count(row.getString(1), OrphanKind.of(row.getString(2)), row.getLong(3)));
      }
      return counts;
    }
  }

  /** The last audit of each reference that was ever looked at. */
  public List<LastAudit> lastAudits() throws SQLException {
    try (Connection connection = source.open();
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT reference, completed_at, rows_seen, not_audited FROM %s.orphan_audits"
                    .formatted(AuditedReference.quoted(schema)));
        ResultSet row = query.executeQuery()) {
      List<LastAudit> audits = new ArrayList<>();
      while (row.next()) {
        audits.add(
            new LastAudit(row.getString(1), instant(row, 2), row.getLong(3), row.getString(4)));
      }
      return audits;
    }
  }

  /** Reads {@link #COLUMNS}. */
  static OrphanFinding finding(ResultSet row) throws SQLException {
    return new OrphanFinding(
        row.getLong(1),
        row.getString(2),
        row.getObject(3, Long.class),
        row.getString(4),
        OrphanKind.of(row.getString(5)),
        row.getObject(6, OffsetDateTime.class).toInstant(),
        instant(row, 7),
        instant(row, 8),
        row.getString(9));
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
