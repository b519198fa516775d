package io.a2g.common.migrate.orphan;

import io.a2g.common.database.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;

/** The table {@code orphan_audits} of one schema: when each reference was scanned last. */
final class ScanTable {

  private final Sql sql;
  private final String table;

  ScanTable(Sql sql, String schema) {
    this.sql = sql;
    this.table = Sql.name(schema) + ".orphan_audits";
  }

  /** Whether for one of these references no scan began for so long. */
  boolean isDue(List<ScannedReference> references, Duration interval) throws SQLException {
    return sql.isTrue(
        "SELECT count(*) < ? FROM "
            + table
            + " WHERE reference = ANY (?) AND looked_at > now() - make_interval(secs => ?)",
        references.size(),
        references.stream().map(ScannedReference::name).toArray(String[]::new),
        interval.toMillis() / 1000.0);
  }

  /** The database's time, which all replicas share. */
  OffsetDateTime now() throws SQLException {
    return sql.first("SELECT now()", row -> row.getObject(1, OffsetDateTime.class)).orElseThrow();
  }

  /**
   * Notes the outcome of a pass over all rows.
   *
   * @param began see {@link #now}
   */
  void store(ReferenceScan scan, OffsetDateTime began) throws SQLException {
    sql.update(
        """
        INSERT INTO %s AS a (reference, looked_at, completed_at, rows_seen, not_audited)
        VALUES (?, ?, CASE WHEN ?::text IS NULL THEN now() END, ?, ?)
        ON CONFLICT (reference) DO UPDATE
        SET looked_at = excluded.looked_at, completed_at = coalesce(excluded.completed_at, a.completed_at),
            rows_seen = excluded.rows_seen, not_audited = excluded.not_audited
        """
            .formatted(table),
        scan.reference(),
        began,
        scan.notAudited(),
        scan.rows(),
        scan.notAudited());
  }
}
