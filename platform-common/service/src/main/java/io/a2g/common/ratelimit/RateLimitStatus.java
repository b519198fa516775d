package io.a2g.common.ratelimit;

/**
 * How a caller stands after a request.
 *
 * @param quota the limit in question
 * @param remaining requests left, as far as this replica knows
 * @param waitNanos how long to wait; 0: the request is admitted
 */
record RateLimitStatus(Quota quota, long remaining, long waitNanos) {

  boolean admitted() {
    return waitNanos == 0;
  }
}
