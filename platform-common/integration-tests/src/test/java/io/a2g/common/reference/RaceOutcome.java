package io.a2g.common.reference;

import java.sql.SQLException;
import java.util.Set;

/** How an operation of a race may end; everything else is a failure of the test. */
enum RaceOutcome {
  DONE,
  /** The row was not in the state that the operation needs. */
  NOTHING_TO_DO,
  REFERENCE_NOT_FOUND,
  STILL_REFERENCED,
  /** Lock time-out, deadlock or serialization failure: the caller may try again. */
  BUSY;

  private static final Set<String> RETRYABLE = Set.of("40001", "40P01", "55P03");

  /** The outcome that this refusal stands for; anything that is no refusal is thrown again. */
  static RaceOutcome of(RuntimeException refusal) {
    if (refusal instanceof ReferenceNotFound) {
      return REFERENCE_NOT_FOUND;
    }
    if (refusal instanceof StillReferenced) {
      return STILL_REFERENCED;
    }
    for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && RETRYABLE.contains(sql.getSQLState())) {
        return BUSY;
      }
    }
    throw refusal;
  }
}
