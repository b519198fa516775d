package io.a2g.common.migrate.backfill;

/** Is told after each batch. */
@FunctionalInterface
public interface BackfillProgress {

  /**
   * A batch was committed.
   *
   * @param done rows gone through so far, in all runs
   * @param total rows there were when it began
   * @param rowsPerSecond of this run
   */
  void batch(long done, long total, double rowsPerSecond);
}
