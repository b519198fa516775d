package io.a2g.common.orphan;

import io.a2g.common.orphan.RepairReport.Action;
import io.a2g.common.orphan.RepairReport.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what a repair does, and lists the beginning of it. */
final class RepairTally {

  private final List<Row> rows = new ArrayList<>();
  private long repaired;
  private long right;
  private long left;

  void add(OrphanFinding finding, Action action, @Nullable String reason) {
    switch (action) {
      case SOFT_DELETE, SET_NULL -> repaired++;
      case RESOLVE -> right++;
      case LEAVE -> left++;
    }
    if (rows.size() < RepairReport.LISTED) {
      rows.add(Row.of(finding, action, reason));
    }
  }

  RepairReport report(boolean dryRun) {
    return new RepairReport(dryRun, repaired, right, left, List.copyOf(rows));
  }
}
