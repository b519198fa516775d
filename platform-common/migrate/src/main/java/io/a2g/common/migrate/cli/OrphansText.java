package io.a2g.common.migrate.cli;

import io.a2g.common.orphan.ReferenceAudit;
import io.a2g.common.orphan.RepairReport;

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
    for (ReferenceAudit audit : answer.references()) {
      output.line(
          "%s.%s → %s: %s"
              .formatted(answer.schema(), audit.reference(), audit.target(), outcome(audit)));
    }
    if (answer.repair() != null) {
      print(answer.repair());
    }
  }

  private static String outcome(ReferenceAudit audit) {
    if (audit.notAudited() != null) {
      return "@|red not audited|@: " + audit.notAudited();
    }
    return audit.findings() == 0
        ? "@|green clean|@ (%d rows)".formatted(audit.rows())
        : "@|red %d orphans|@ (%d rows)".formatted(audit.findings(), audit.rows());
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
