package io.a2g.common.migrate.orphan;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.orphan.ReferenceRows.Row;
import io.a2g.common.migrate.orphan.RowCheck.Wrong;
import io.a2g.common.topology.TargetStates;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One pass over one reference, page by page. No transaction spans two pages, so a long pass holds
 * nothing up.
 */
final class ScanPass {

  /** Rows of one page. */
  static final int PAGE = 1000;

  private static final String BIGINT = "bigint";

  private final Sql sql;
  private final ScannedReference reference;
  private final TargetStates states;
  private final FindingsTable findings;
  private final ReferenceRows rows;
  private long seen;
  private long wrong;

  ScanPass(Sql sql, ScannedReference reference, TargetStates states, FindingsTable findings) {
    this.sql = sql;
    this.reference = reference;
    this.states = states;
    this.findings = findings;
    this.rows = new ReferenceRows(sql, reference);
  }

  /** Over every row of the table. */
  ReferenceScan all() throws SQLException {
    return outcome(() -> {
      int room = FindingsTable.MAX_OPEN - findings.openRows();
      long after = Long.MIN_VALUE;
      boolean more = true;
      while (more) {
        long from = after;
        List<Row> page = read(() -> rows.page(from, PAGE));
        more = page.size() == PAGE;
        long last = more ? page.getLast().id() : Long.MAX_VALUE;
        room -= settle(after, last, page, room);
        after = last;
      }
      return null;
    });
  }

  /** Over the rows with an open finding. */
  ReferenceScan again() throws SQLException {
    return outcome(() -> {
      long after = Long.MIN_VALUE;
      List<Long> ids = findings.openRowIds(after, PAGE);
      while (!ids.isEmpty()) {
        List<Long> some = ids;
        settle(after, ids.getLast(), read(() -> rows.byId(some)), 0);
        after = ids.getLast();
        ids = findings.openRowIds(after, PAGE);
      }
      return null;
    });
  }

  @FunctionalInterface
  private interface Step<T extends @Nullable Object> {
    T run() throws SQLException;
  }

  private ReferenceScan outcome(Step<?> pages) throws SQLException {
    String notScanned = null;
    try {
      String type = reference.columnType(sql);
      findings.settleColumn(!BIGINT.equals(type));
      if (!BIGINT.equals(type)) {
        wrong++;
      }
      if (type == null) {
        findings.settle(Long.MIN_VALUE, Long.MAX_VALUE, Map.of(), 0);
      } else {
        pages.run();
      }
    } catch (NotScanned e) {
      notScanned = e.reason();
    }
    return new ReferenceScan(
        reference.name(), reference.target(), seen, wrong, findings.confirmed(), notScanned);
  }

  private int settle(long after, long last, List<Row> page, int room) throws SQLException {
    Map<Long, Wrong> found = new RowCheck(states, reference).wrong(page);
    seen += page.stream().filter(row -> row.value() != null).count();
    wrong += found.size();
    if (found.isEmpty() && room == FindingsTable.MAX_OPEN) {
      // No finding is open and there is none to add: the plain case writes nothing.
      return 0;
    }
    return findings.settle(after, last, found, room);
  }

  private List<Row> read(Step<List<Row>> query) throws SQLException {
    try {
      return query.run();
    } catch (SQLException e) {
      String state = String.valueOf(e.getSQLState());
      if (e.getSQLState() == null || state.startsWith("08") || state.startsWith("57P")) {
        throw e;
      }
      throw new NotScanned(
          "%s.%s cannot be read (SQLSTATE %s)"
              .formatted(reference.schema(), reference.table(), state),
          e);
    }
  }
}
