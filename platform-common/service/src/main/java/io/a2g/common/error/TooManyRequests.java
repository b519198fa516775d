package io.a2g.common.error;

import java.time.Duration;

/** The caller sends more than it may; 429 with Retry-After, and nothing was done. */
public class TooManyRequests extends RetryLater {

  /**
   * @param detail which limit was met
   * @param retryAfter how long the caller should wait; rounded up to whole seconds, at least one
   */
  public TooManyRequests(String detail, Duration retryAfter) {
    super(ProblemType.RATE_LIMITED, detail, Duration.ofSeconds(wholeSeconds(retryAfter)));
  }

  private static long wholeSeconds(Duration time) {
    return Math.max(1, time.plusMillis(999).toSeconds());
  }
}
