package io.a2g.common.migrate.orphan;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.orphan.ReferenceRows.Row;
import io.a2g.common.migrate.orphan.RepairReport.Action;
import io.a2g.common.migrate.orphan.RowCheck.Wrong;
import io.a2g.common.topology.Reference.OnOrphan;
import io.a2g.common.topology.TargetStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Repairs the findings of one reference, in short transactions. */
final class ReferenceRepair {

  /** Rows of one transaction; few, because they are locked while their target's schema is asked. */
  private static final int BATCH = 100;

  private final ScannedReference reference;
  private final TargetStates states;
  private final RepairListener listener;
  private final RepairReport.Tally tally;
  private final boolean dryRun;
  private final Sql sql;
  private final ReferenceRows rows;
  private final FindingsTable findings;

  ReferenceRepair(
      Connection connection,
      ScannedReference reference,
      TargetStates states,
      RepairListener listener,
      RepairReport.Tally tally,
      boolean dryRun) {
    this.reference = reference;
    this.states = states;
    this.listener = listener;
    this.tally = tally;
    this.dryRun = dryRun;
    this.sql = new Sql(connection);
    this.rows = new ReferenceRows(sql, reference);
    this.findings = new FindingsTable(sql, reference, Duration.ZERO);
  }

  void run() throws SQLException {
    // Why no row of this reference can be repaired; null: they can.
    String obstacle = "bigint".equals(reference.columnType(sql)) ? null : columnAdvice();
    findings.confirmedOfColumn().ifPresent(finding -> leave(List.of(finding), columnAdvice()));
    long after = Long.MIN_VALUE;
    List<OrphanFinding> batch = findings.confirmedOfRows(after, BATCH);
    while (!batch.isEmpty()) {
      if (obstacle == null) {
        obstacle = repair(batch);
      } else {
        leave(batch, obstacle);
      }
      after = rowId(batch.getLast());
      batch = findings.confirmedOfRows(after, BATCH);
    }
  }

  private String columnAdvice() {
    return "%s.%s is no bigint column any more: migrate drift shows how it differs, a migration changes it back; then scan again"
        .formatted(reference.schema(), reference.name());
  }

  /** Returns why the rest of the reference cannot be repaired; null: it can. */
  private @Nullable String repair(List<OrphanFinding> batch) throws SQLException {
    try {
      Map<OrphanFinding, Action> actions =
          dryRun
              ? sql.rolledBack(connection -> change(connection, batch))
              : sql.transaction(connection -> change(connection, batch));
      batch.forEach(finding ->
          tally.add(
              finding,
              actions.getOrDefault(finding, Action.LEAVE),
              actions.get(finding) == Action.LEAVE ? changedAdvice(finding) : null));
      return null;
    } catch (NotScanned e) {
      leave(batch, e.reason());
      return e.reason();
    } catch (SQLException e) {
      return singly(batch, e);
    }
  }

  // One row that the database refuses must not keep the others from being repaired.
  private @Nullable String singly(List<OrphanFinding> batch, SQLException failure)
      throws SQLException {
    if (failure.getSQLState() == null || failure.getSQLState().startsWith("08")) {
      throw failure;
    }
    if (batch.size() == 1) {
      leave(batch, refusal(failure.getSQLState()));
      return null;
    }
    String obstacle = null;
    for (OrphanFinding finding : batch) {
      if (obstacle == null) {
        obstacle = repair(List.of(finding));
      } else {
        leave(List.of(finding), obstacle);
      }
    }
    return obstacle;
  }

  private Map<OrphanFinding, Action> change(Connection connection, List<OrphanFinding> batch)
      throws SQLException {
    List<Row> locked = rows.locked(batch.stream().map(ReferenceRepair::rowId).toList());
    Map<Long, Wrong> wrong = new RowCheck(states, reference).wrong(locked);
    Map<OrphanFinding, Action> actions = new HashMap<>();
    List<Long> repaired = new ArrayList<>();
    List<Long> right = new ArrayList<>();
    for (OrphanFinding finding : batch) {
      long id = rowId(finding);
      Wrong now = wrong.get(id);
      if (now == null) {
        right.add(id);
        actions.put(finding, Action.RESOLVE);
      } else if (!now.value().equals(finding.targetId()) || now.kind() == OrphanKind.TYPE_CHANGED) {
        actions.put(finding, Action.LEAVE);
      } else {
        repaired.add(id);
        actions.put(finding, rule());
      }
    }
    apply(repaired, right);
    for (OrphanFinding finding : batch) {
      if (actions.get(finding) == rule()) {
        listener.repaired(connection, finding.id(), RepairReport.Row.of(finding, rule(), null));
      }
    }
    return actions;
  }

  private void apply(List<Long> repaired, List<Long> right) throws SQLException {
    if (!repaired.isEmpty()) {
      switch (reference.onOrphan()) {
        case SOFT_DELETE -> rows.softDelete(repaired);
        case SET_NULL -> rows.setNull(repaired);
      }
      findings.resolveRows(
          repaired, reference.onOrphan() == OnOrphan.SOFT_DELETE ? "soft_deleted" : "set_null");
    }
    if (!right.isEmpty()) {
      findings.resolveRows(right, "gone");
    }
  }

  private Action rule() {
    return Action.valueOf(reference.onOrphan().name());
  }

  private void leave(List<OrphanFinding> findings, String reason) {
    findings.forEach(finding -> tally.add(finding, Action.LEAVE, reason));
  }

  private static String changedAdvice(OrphanFinding finding) {
    return "row %d holds another value now, which the next scan looks at".formatted(rowId(finding));
  }

  private static String refusal(String state) {
    return switch (state) {
      case "55P03", "40P01", "40001" -> "the row is busy: try again";
      default ->
          "the database refuses the change (SQLSTATE %s): a person has to look".formatted(state);
    };
  }

  private static long rowId(OrphanFinding finding) {
    Long id = finding.rowId();
    if (id == null) {
      throw new IllegalStateException("a finding of a column has no row");
    }
    return id;
  }
}
