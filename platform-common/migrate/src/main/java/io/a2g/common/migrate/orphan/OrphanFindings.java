package io.a2g.common.migrate.orphan;

import io.a2g.common.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what the scans of one schema found. */
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
   * The last scan of one reference.
   *
   * @param completedAt when the last one that saw every row ended; null: there was none yet
   * @param rows how many rows the last one looked at
   * @param notAudited why the last one could not see every row; null: it could
   */
  public record LastScan(
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
    String which = confirmed ? " AND resolved_at IS NULL AND confirmed_at IS NOT NULL" : "";
    return read(
        "SELECT %s FROM %s.orphan_findings WHERE (?::text IS NULL OR reference = ?) AND id < ?%s ORDER BY id DESC LIMIT ?"
            .formatted(COLUMNS, Sql.name(schema), which),
        OrphanFindings::finding,
        reference,
        reference,
        beforeId,
        limit);
  }

  /** Open and confirmed findings by reference and kind; what is clean is missing. */
  public List<Count> counts() throws SQLException {
    return read(
        "SELECT reference, kind, count(*) FROM %s.orphan_findings WHERE resolved_at IS NULL AND confirmed_at IS NOT NULL GROUP BY 1, 2"
            .formatted(Sql.name(schema)),
        row -> new Count(row.getString(1), OrphanKind.of(row.getString(2)), row.getLong(3)));
  }

  /** The last scan of each reference that was ever scanned. */
  public List<LastScan> lastScans() throws SQLException {
    return read(
        "SELECT reference, completed_at, rows_seen, not_audited FROM %s.orphan_audits"
            .formatted(Sql.name(schema)),
        row ->
            new LastScan(row.getString(1), Sql.instant(row, 2), row.getLong(3), row.getString(4)));
  }

  private <T> List<T> read(String query, Sql.Row<T> row, @Nullable Object... parameters)
      throws SQLException {
    try (Connection connection = source.open()) {
      return new Sql(connection).list(query, row, parameters);
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
        Sql.instant(row, 7),
        Sql.instant(row, 8),
        row.getString(9));
  }
}
