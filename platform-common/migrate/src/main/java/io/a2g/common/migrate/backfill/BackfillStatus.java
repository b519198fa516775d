package io.a2g.common.migrate.backfill;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a backfill is.
 *
 * @param state PENDING, RUNNING, PAUSED, DONE or FAILED
 * @param lastKey rows up to it are done; null: none yet
 * @param doneRows rows changed so far
 * @param totalRows rows of the table when it began; null before
 * @param error why it failed; null when it did not
 * @param startedAt null before
 * @param finishedAt null until it is done
 */
public record BackfillStatus(
    String name,
    String state,
    @Nullable String lastKey,
    long doneRows,
    @Nullable Long totalRows,
    @Nullable String error,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  /** Share of the rows gone through, 0 to 1; rows that came later do not count. */
  public double progress() {
    if (state.equals("DONE")) {
      return 1;
    }
    return totalRows == null || totalRows == 0 ? 0 : Math.min(1, (double) doneRows / totalRows);
  }

  /** Not started. */
  static BackfillStatus pending(String name) {
    return new BackfillStatus(name, "PENDING", null, 0, null, null, null, null);
  }
}
