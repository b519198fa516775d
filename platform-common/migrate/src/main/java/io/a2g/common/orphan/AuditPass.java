package io.a2g.common.orphan;

import io.a2g.common.orphan.ReferenceRows.Row;
import io.a2g.common.orphan.Verdict.Wrong;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * One pass over one reference, page by page. No transaction spans two pages, so a long pass holds
 * nothing up.
 */
final class AuditPass {

  /** Rows of one page. */
  static final int PAGE = 1000;

  private static final String BIGINT = "bigint";

  private final Connection connection;
  private final AuditedReference reference;
  private final StatesSource states;
  private final FindingsTable findings;
  private final ReferenceRows rows;
  private long seen;
  private long wrong;

  AuditPass(
      Connection connection,
      AuditedReference reference,
      StatesSource states,
      FindingsTable findings) {
    this.connection = connection;
    this.reference = reference;
    this.states = states;
    this.findings = findings;
    this.rows = new ReferenceRows(connection, reference);
  }

  /** Over every row of the table. */
  ReferenceAudit all() throws SQLException {
    return outcome(() -> {
      int room = FindingsTable.MAX_OPEN - findings.openRows(reference.name());
      long after = Long.MIN_VALUE;
      boolean more = true;
      while (more) {
        List<Row> page = page(after);
        more = page.size() == PAGE;
        long last = more ? page.getLast().id() : Long.MAX_VALUE;
        room -= settle(after, last, page, room);
        after = last;
      }
    });
  }

  /** Over the rows with an open finding. */
  ReferenceAudit again() throws SQLException {
    return outcome(() -> {
      long after = Long.MIN_VALUE;
      List<Long> ids = findings.openRowIds(reference.name(), after, PAGE);
      while (!ids.isEmpty()) {
        settle(after, ids.getLast(), byId(ids), 0);
        after = ids.getLast();
        ids = findings.openRowIds(reference.name(), after, PAGE);
      }
    });
  }

  @FunctionalInterface
  private interface Pages {
    void run() throws SQLException, NotAudited;
  }

  private ReferenceAudit outcome(Pages pages) throws SQLException {
    String notAudited = null;
    try {
      String type = reference.columnType(connection);
      findings.settleColumn(reference.name(), !BIGINT.equals(type));
      if (!BIGINT.equals(type)) {
        wrong++;
      }
      if (type == null) {
        findings.settle(reference.name(), Long.MIN_VALUE, Long.MAX_VALUE, Map.of(), 0);
      } else {
        pages.run();
      }
    } catch (NotAudited e) {
      notAudited = e.reason();
    }
    return new ReferenceAudit(
        reference.name(),
        reference.target(),
        seen,
        wrong,
        findings.confirmed(reference.name()),
        notAudited);
  }

  private int settle(long after, long last, List<Row> page, int room)
      throws SQLException, NotAudited {
    Map<Long, Wrong> found = new Verdict(states, reference).of(connection, page);
    seen += page.stream().filter(row -> row.value() != null).count();
    wrong += found.size();
    if (found.isEmpty() && room == FindingsTable.MAX_OPEN) {
      // No finding is open and there is none to add: the plain case writes nothing.
      return 0;
    }
    return findings.settle(reference.name(), after, last, found, room);
  }

  private List<Row> page(long after) throws SQLException, NotAudited {
    try {
      return rows.page(after, PAGE);
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private List<Row> byId(List<Long> ids) throws SQLException, NotAudited {
    try {
      return rows.byId(ids);
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private NotAudited unreadable(SQLException e) throws SQLException {
    String state = String.valueOf(e.getSQLState());
    if (e.getSQLState() == null || state.startsWith("08") || state.startsWith("57P")) {
      throw e;
    }
    return new NotAudited(
        "%s.%s cannot be read (SQLSTATE %s)"
            .formatted(reference.schema(), reference.table(), state),
        e);
  }
}
