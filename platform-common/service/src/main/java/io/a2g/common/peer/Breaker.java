package io.a2g.common.peer;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Spares a peer that does not answer, and its callers the wait. After some failures in a row calls
 * fail at once; then, after a pause, one call tries, and its outcome decides for all.
 *
 * <p>Of our own because resilience4j brings Kotlin's standard library for these forty lines.
 */
final class Breaker {

  private static final int FAILURES = 5;
  private static final long PAUSE = Duration.ofSeconds(5).toNanos();

  private final LongSupplier nanoTime;
  private int failures;
  private long retryAt;

  Breaker(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Whether a call may be made now; then its outcome must be reported. */
  synchronized boolean tryPass() {
    if (failures < FAILURES) {
      return true;
    }
    long now = nanoTime.getAsLong();
    if (now - retryAt < 0) {
      return false;
    }
    // This call tries; the next one has to wait for its outcome, or for another pause.
    retryAt = now + PAUSE;
    return true;
  }

  synchronized void succeeded() {
    failures = 0;
  }

  synchronized void failed() {
    failures = Math.min(FAILURES, failures + 1);
    retryAt = nanoTime.getAsLong() + PAUSE;
  }
}
