package io.a2g.common.orphan.web;

import io.a2g.common.orphan.OrphanKind;
import io.a2g.common.orphan.RepairReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a repair did, or would do.
 *
 * @param repaired rows that were marked deleted or emptied
 * @param right rows that were right again, deleted or gone
 * @param left findings that were left as they are
 * @param rows the first hundred
 */
record OrphanRepairResponse(boolean dryRun, long repaired, long right, long left, List<Row> rows) {

  /** One finding. */
  @Schema(name = "RepairedRow")
  record Row(
      String reference,
      @Nullable Long rowId,
      @Nullable String targetId,
      OrphanKind kind,
      RepairReport.Action action,
      @Schema(description = "Why it is left, and what to do") @Nullable String reason) {}

  static OrphanRepairResponse of(RepairReport report) {
    return new OrphanRepairResponse(
        report.dryRun(),
        report.repaired(),
        report.right(),
        report.left(),
        report.rows().stream()
            .map(row ->
                new Row(
                    row.reference(),
                    row.rowId(),
                    row.targetId(),
                    row.kind(),
                    row.action(),
                    row.reason()))
            .toList());
  }
}
