package io.a2g.common.readiness;

import java.util.concurrent.atomic.AtomicReference;

/** How far this instance's migrations are; the readiness probe and waiting jobs read it. */
public final class SchemaReadiness {

  private final AtomicReference<Step> step = new AtomicReference<>(Step.PENDING);

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

  /** Whether the schema is complete, so that its tables can be used. */
  public boolean isReady() {
    return step.get() == Step.APPLIED;
  }

  /** Says where migration stands now; only what migrates calls it. */
  public void moveTo(Step next) {
    step.set(next);
  }
}
