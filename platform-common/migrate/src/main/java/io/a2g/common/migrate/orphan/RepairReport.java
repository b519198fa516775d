package io.a2g.common.migrate.orphan;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a repair did, or would do.
 *
 * @param dryRun true: everything was taken back
 * @param repaired rows that were marked deleted or emptied
 * @param right rows that were right again when they were looked at
 * @param left findings that were left as they are
 * @param rows what happened to each, the first hundred; those left come with the reason
 */
@Schema(name = "OrphanRepairResponse")
public record RepairReport(boolean dryRun, long repaired, long right, long left, List<Row> rows) {

  /** Rows that are listed. */
  public static final int LISTED = 100;

  /** What a repair does with one finding. */
  public enum Action {
    /** The row is marked deleted. */
    SOFT_DELETE,
    /** The column of the row is emptied. */
    SET_NULL,
    /** Nothing is needed: the row is right again, deleted or gone. */
    RESOLVE,
    /** Nothing is done; the reason says why. */
    LEAVE
  }

  /**
   * One finding.
   *
   * @param rowId null when the whole column is wrong
   * @param targetId what the column holds; null when the whole column is wrong
   * @param reason why it is left, and what a person has to do; null when it is not left
   */
  @Schema(name = "RepairedRow")
  public record Row(
      String reference,
      @Nullable Long rowId,
      @Nullable String targetId,
      OrphanKind kind,
      Action action,
      @Schema(description = "Why it is left, and what to do") @Nullable String reason) {

    static Row of(OrphanFinding finding, Action action, @Nullable String reason) {
      return new Row(
          finding.reference(), finding.rowId(), finding.targetId(), finding.kind(), action, reason);
    }
  }

  /** Counts what a repair does, and lists the beginning of it. */
  static final class Tally {

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
      if (rows.size() < LISTED) {
        rows.add(Row.of(finding, action, reason));
      }
    }

    RepairReport report(boolean dryRun) {
      return new RepairReport(dryRun, repaired, right, left, List.copyOf(rows));
    }
  }
}
