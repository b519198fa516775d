package io.a2g.common.migration;

import java.util.concurrent.atomic.AtomicReference;

/** How far this instance's migrations are; the readiness probe and waiting jobs read it. */
public class MigrationState {

  private final AtomicReference<Step> step = new AtomicReference<>(Step.PENDING);
  private final AtomicReference<MigrationFigures> figures =
      new AtomicReference<>(MigrationFigures.UNKNOWN);

  /** Where migration stands. */
  public enum Step {
    /** Not tried yet, or running. */
    PENDING,
    /** Every migration of this release is applied and the entities fit. */
    APPLIED,
    /** The last attempt failed; another one follows. */
    FAILED
  }

  /** The current step. */
  public Step step() {
    return step.get();
  }

  void moveTo(Step next) {
    step.set(next);
  }

  MigrationFigures figures() {
    return figures.get();
  }

  void show(MigrationFigures now) {
    figures.set(now);
  }
}
