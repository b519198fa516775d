package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.orphan.ReferenceScan;
import io.a2g.common.migrate.orphan.RepairReport;

/** The answer of {@code orphans} for people. */
final class OrphansText {

  private final Output output;

  OrphansText(Output output) {
    this.output = output;
  }

  void print(OrphansCommand.Answer answer) {
    if (answer.references().isEmpty()) {
      output.line("%s: refers to no other schema".formatted(answer.schema()));
    }
    for (ReferenceScan scan : answer.references()) {
      output.line(
          "%s.%s → %s: %s"
              .formatted(answer.schema(), scan.reference(), scan.target(), outcome(scan)));
    }
    if (answer.repair() != null) {
      print(answer.repair());
    }
  }

  private static String outcome(ReferenceScan scan) {
    if (scan.notAudited() != null) {
      return "@|red not scanned|@: " + scan.notAudited();
    }
    return scan.findings() == 0
        ? "@|green clean|@ (%d rows)".formatted(scan.rows())
        : "@|red %d orphans|@ (%d rows)".formatted(scan.findings(), scan.rows());
  }

  private void print(RepairReport report) {
    output.line(
        "%s %d, right again %d, left %d"
            .formatted(
                report.dryRun() ? "would repair" : "repaired",
                report.repaired(),
                report.right(),
                report.left()));
    report
        .rows()
        .forEach(row ->
            output.raw(
                "  %s %s → %s: %s%s"
                    .formatted(
                        row.reference(),
                        row.rowId() == null ? "column" : "row " + row.rowId(),
                        row.targetId() == null ? "?" : row.targetId(),
                        row.action(),
                        row.reason() == null ? "" : ", " + row.reason())));
  }
}
