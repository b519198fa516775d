package io.a2g.common.migrate.orphan;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.orphan.RowCheck.Wrong;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The findings of one reference in the table {@code orphan_findings}, as scan and repair use it.
 */
final class FindingsTable {

  /** Characters of a value that are kept. */
  static final int MAX_VALUE = 200;

  /** Open findings of rows that are kept for one reference; further ones are only counted. */
  static final int MAX_OPEN = 10_000;

  private static final String OPEN = " WHERE reference = ? AND resolved_at IS NULL AND ";

  private final Sql sql;
  private final String reference;
  private final String table;
  private final double gap;

  /**
   * Of one reference.
   *
   * @param gap between the two sights that make a finding count
   */
  FindingsTable(Sql sql, ScannedReference reference, Duration gap) {
    this.sql = sql;
    this.reference = reference.name();
    this.table = Sql.name(reference.schema()) + ".orphan_findings";
    this.gap = gap.toMillis() / 1000.0;
  }

  /** How many rows have an open finding. */
  int openRows() throws SQLException {
    return (int) count("row_id IS NOT NULL");
  }

  /** The next rows with an open finding. */
  List<Long> openRowIds(long after, int limit) throws SQLException {
    return sql.list(
        "SELECT row_id FROM " + table + OPEN + "row_id > ? ORDER BY row_id LIMIT ?",
        row -> row.getLong(1),
        reference,
        after,
        limit);
  }

  /** How many findings are open and confirmed. */
  long confirmed() throws SQLException {
    return count("confirmed_at IS NOT NULL");
  }

  /** The open and confirmed finding of the whole column. */
  Optional<OrphanFinding> confirmedOfColumn() throws SQLException {
    return confirmed("row_id IS NULL").stream().findFirst();
  }

  /** The next open and confirmed findings of rows, by the rows' ids. */
  List<OrphanFinding> confirmedOfRows(long after, int limit) throws SQLException {
    return confirmed("row_id > ? ORDER BY row_id LIMIT ?", after, limit);
  }

  /**
   * Settles the findings of the rows with {@code after < id <= last}, all of which were looked at:
   * those that are wrong are seen again or for the first time, the others are resolved.
   *
   * @param room how many new ones there is room for
   * @return how many new ones there are now
   */
  int settle(long after, long last, Map<Long, Wrong> wrong, int room) throws SQLException {
    return sql.transaction(_ -> {
      resolve(
          "row_id > ? AND row_id <= ? AND row_id <> ALL (?)",
          "gone",
          after,
          last,
          wrong.keySet().toArray(Long[]::new));
      if (wrong.isEmpty()) {
        return 0;
      }
      see(wrong);
      return add(wrong, room);
    });
  }

  /** Settles the finding of the whole column. */
  void settleColumn(boolean wrong) throws SQLException {
    sql.transaction(_ -> {
      if (!wrong) {
        return resolve("row_id IS NULL", "gone");
      }
      sql.update(
          "UPDATE %s SET confirmed_at = %s%srow_id IS NULL".formatted(table, confirmedAt(), OPEN),
          gap,
          reference);
      return sql.update(
          "INSERT INTO %s (reference, kind) VALUES (?, 'type_changed') ON CONFLICT DO NOTHING"
              .formatted(table),
          reference);
    });
  }

  /** Notes what the repair did to rows, in the transaction that did it. */
  void resolveRows(Collection<Long> ids, String resolution) throws SQLException {
    resolve("row_id = ANY (?)", resolution, (Object) ids.toArray(Long[]::new));
  }

  /** Removes, of all references, what was resolved so long ago that it is of no use any more. */
  void forget() throws SQLException {
    sql.execute("DELETE FROM " + table + " WHERE resolved_at < now() - interval '90 days'");
  }

  private long count(String which) throws SQLException {
    return sql.number("SELECT count(*) FROM " + table + OPEN + which, reference);
  }

  private List<OrphanFinding> confirmed(String which, Object... values) throws SQLException {
    return sql.list(
        "SELECT %s FROM %s%sconfirmed_at IS NOT NULL AND %s"
            .formatted(OrphanFindings.COLUMNS, table, OPEN, which),
        OrphanFindings::finding,
        with(List.of(reference), values));
  }

  // What was only suspected never was a finding, so it leaves no trace.
  private int resolve(String which, String resolution, Object... values) throws SQLException {
    sql.update(
        "DELETE FROM " + table + OPEN + "confirmed_at IS NULL AND " + which,
        with(List.of(reference), values));
    return sql.update(
        "UPDATE " + table + " SET resolved_at = now(), resolution = ?" + OPEN + which,
        with(List.of(resolution, reference), values));
  }

  // Another value is another finding, which has to be seen twice.
  private void see(Map<Long, Wrong> wrong) throws SQLException {
    sql.update(
        """
        UPDATE %s f
        SET kind = s.kind, target_id = s.value,
            first_seen_at = CASE WHEN f.target_id = s.value THEN f.first_seen_at ELSE now() END,
            confirmed_at = CASE WHEN f.target_id = s.value THEN %s END
        FROM unnest(?::bigint[], ?::text[], ?::text[]) AS s (id, kind, value)
        WHERE f.reference = ? AND f.resolved_at IS NULL AND f.row_id = s.id
        """
            .formatted(table, confirmedAt()),
        gap,
        ids(wrong),
        kinds(wrong),
        values(wrong),
        reference);
  }

  private int add(Map<Long, Wrong> wrong, int room) throws SQLException {
    return sql.update(
        """
        INSERT INTO %1$s (reference, row_id, kind, target_id)
        SELECT ?, s.id, s.kind, s.value
        FROM unnest(?::bigint[], ?::text[], ?::text[]) AS s (id, kind, value)
        WHERE NOT EXISTS (SELECT FROM %1$s f
                          WHERE f.reference = ? AND f.resolved_at IS NULL AND f.row_id = s.id)
        ORDER BY s.id LIMIT ?
        ON CONFLICT DO NOTHING
        """
            .formatted(table),
        reference,
        ids(wrong),
        kinds(wrong),
        values(wrong),
        reference,
        Math.max(0, room));
  }

  private static String confirmedAt() {
    return "coalesce(confirmed_at, CASE WHEN first_seen_at <= now() - make_interval(secs => ?) THEN now() END)";
  }

  private static Long[] ids(Map<Long, Wrong> wrong) {
    return wrong.keySet().toArray(Long[]::new);
  }

  private static String[] kinds(Map<Long, Wrong> wrong) {
    return wrong.values().stream().map(w -> w.kind().text()).toArray(String[]::new);
  }

  private static String[] values(Map<Long, Wrong> wrong) {
    return wrong.values().stream().map(Wrong::value).toArray(String[]::new);
  }

  private static Object[] with(List<?> first, Object... rest) {
    List<Object> all = new ArrayList<>(first);
    all.addAll(List.of(rest));
    return all.toArray();
  }
}
