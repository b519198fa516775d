package io.a2g.common.orphan;

import io.a2g.common.orphan.Verdict.Wrong;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The table {@code orphan_findings} of one schema, as audit and repair write it. */
final class FindingsTable {

  /** Characters of a value that are kept. */
  static final int MAX_VALUE = 200;

  /** Open findings of rows that are kept for one reference; further ones are only counted. */
  static final int MAX_OPEN = 10_000;

  private static final String OPEN = " WHERE reference = ? AND resolved_at IS NULL ";

  private final Connection connection;
  private final Statements sql;
  private final String table;
  private final double gap;

  /**
   * Of one schema.
   *
   * @param gap between the two sights that make a finding count
   */
  FindingsTable(Connection connection, String schema, Duration gap) {
    this.connection = connection;
    this.sql = new Statements(connection);
    this.table = AuditedReference.quoted(schema) + ".orphan_findings";
    this.gap = gap.toMillis() / 1000.0;
  }

  /** How many rows have an open finding. */
  int openRows(String reference) throws SQLException {
    try (PreparedStatement query =
        sql.prepare("SELECT count(*) FROM " + table + OPEN + "AND row_id IS NOT NULL", reference)) {
      return (int) Statements.number(query);
    }
  }

  /** The next rows with an open finding. */
  List<Long> openRowIds(String reference, long after, int limit) throws SQLException {
    try (PreparedStatement query =
        sql.prepare(
            "SELECT row_id FROM " + table + OPEN + "AND row_id > ? ORDER BY row_id LIMIT ?",
            reference,
            after,
            limit)) {
      List<Long> ids = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          ids.add(row.getLong(1));
        }
      }
      return ids;
    }
  }

  /**
   * Settles the findings of the rows with {@code after < id <= last}, all of which were looked at:
   * those that are wrong are seen again or for the first time, the others are resolved.
   *
   * @param room how many new ones there is room for
   * @return how many new ones there are now
   */
  int settle(String reference, long after, long last, Map<Long, Wrong> wrong, int room)
      throws SQLException {
    return Transaction.<Integer, RuntimeException>run(
        connection,
        true,
        () -> {
          resolveUnseen(reference, after, last, wrong.keySet());
          if (wrong.isEmpty()) {
            return 0;
          }
          see(reference, wrong);
          return add(reference, wrong, room);
        });
  }

  /** Settles the finding of the whole column. */
  void settleColumn(String reference, boolean wrong) throws SQLException {
    Transaction.<Integer, RuntimeException>run(
        connection,
        true,
        () -> {
          if (!wrong) {
            return resolve("row_id IS NULL", "gone", reference);
          }
          sql.update(
              "UPDATE "
                  + table
                  + " SET confirmed_at = "
                  + confirmedAt()
                  + OPEN
                  + "AND row_id IS NULL",
              gap,
              reference);
          return sql.update(
              "INSERT INTO "
                  + table
                  + " (reference, kind) VALUES (?, 'type_changed') ON CONFLICT DO NOTHING",
              reference);
        });
  }

  /** Notes what the repair did to a row, in the transaction that did it. */
  void resolveRows(String reference, Collection<Long> ids, String resolution) throws SQLException {
    resolve("row_id = ANY (?)", resolution, reference, sql.array("bigint", ids));
  }

  /** Open and confirmed findings of a reference. */
  long confirmed(String reference) throws SQLException {
    try (PreparedStatement query =
        sql.prepare(
            "SELECT count(*) FROM " + table + OPEN + "AND confirmed_at IS NOT NULL", reference)) {
      return Statements.number(query);
    }
  }

  /** Removes what was resolved so long ago that nobody asks any more. */
  void forget() throws SQLException {
    sql.update("DELETE FROM " + table + " WHERE resolved_at < now() - interval '90 days'");
  }

  private void resolveUnseen(String reference, long after, long last, Collection<Long> wrong)
      throws SQLException {
    resolve(
        "row_id > ? AND row_id <= ? AND row_id <> ALL (?)",
        "gone",
        reference,
        after,
        last,
        sql.array("bigint", wrong));
  }

  // What was only suspected never was a finding, so it leaves no trace.
  private int resolve(String which, String resolution, String reference, Object... values)
      throws SQLException {
    sql.update(
        "DELETE FROM " + table + OPEN + "AND confirmed_at IS NULL AND " + which,
        Statements.with(List.of(reference), values));
    return sql.update(
        "UPDATE " + table + " SET resolved_at = now(), resolution = ?" + OPEN + "AND " + which,
        Statements.with(List.of(resolution, reference), values));
  }

  // Another value is another finding, which has to be seen twice.
  private void see(String reference, Map<Long, Wrong> wrong) throws SQLException {
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
        Statements.with(List.of(gap), Statements.with(List.of(columns(wrong)), reference)));
  }

  private int add(String reference, Map<Long, Wrong> wrong, int room) throws SQLException {
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
        Statements.with(
            List.of(reference),
            Statements.with(List.of(columns(wrong)), reference, Math.max(0, room))));
  }

  private static String confirmedAt() {
    return "coalesce(confirmed_at, CASE WHEN first_seen_at <= now() - make_interval(secs => ?) THEN now() END)";
  }

  private Object[] columns(Map<Long, Wrong> wrong) throws SQLException {
    return new Object[] {
      sql.array("bigint", wrong.keySet()),
      sql.array("text", wrong.values().stream().map(w -> w.kind().text()).toList()),
      sql.array("text", wrong.values().stream().map(Wrong::value).toList())
    };
  }
}
