package io.a2g.common.orphan;

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
  public record Row(
      String reference,
      @Nullable Long rowId,
      @Nullable String targetId,
      OrphanKind kind,
      Action action,
      @Nullable String reason) {

    static Row of(OrphanFinding finding, Action action, @Nullable String reason) {
      return new Row(
          finding.reference(), finding.rowId(), finding.targetId(), finding.kind(), action, reason);
    }
  }
}
