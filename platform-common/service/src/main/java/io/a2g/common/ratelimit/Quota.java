package io.a2g.common.ratelimit;

import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;

/**
 * One kind of limit.
 *
 * @param policy its name in headers and metrics, such as {@code user}
 * @param perMinute requests a minute, at least 1
 * @param capacity requests at once after a pause, at least 1
 */
record Quota(String policy, long perMinute, long capacity) {

  static final Duration WINDOW = Duration.ofMinutes(1);

  private static final long LARGEST_LEASE = 1_000;
  private static final long LEASES_IN_A_BUCKET = 100;

  static Quota of(String policy, long perMinute, Duration burst) {
    double capacity = (double) perMinute * burst.toMillis() / WINDOW.toMillis();
    return new Quota(policy, perMinute, Math.max(1, Math.round(capacity)));
  }

  BucketConfiguration configuration() {
    return BucketConfiguration.builder()
        .addLimit(limit -> limit.capacity(capacity).refillGreedy(perMinute, WINDOW))
        .build();
  }

  /**
   * Name of a bucket in the table. The figures are part of it: a bucket of another size is another
   * one, so a changed setting needs no conversion.
   */
  String bucket(long id) {
    return policy + ":" + id + ":" + perMinute + ":" + capacity;
  }

  /**
   * Most tokens that a replica takes at a time: few enough that what other replicas hold unused
   * does not matter, many enough that a busy caller costs a hundredth of the round trips.
   */
  long largestLease() {
    return Math.clamp(capacity / LEASES_IN_A_BUCKET, 1, LARGEST_LEASE);
  }

  /** Member of the {@code RateLimit-Policy} header (draft-ietf-httpapi-ratelimit-headers-10). */
  String policyItem() {
    return "\"" + policy + "\";q=" + perMinute + ";w=" + WINDOW.toSeconds();
  }

  /** Member of the {@code RateLimit} header: what is left, and when all of it is there again. */
  String standingItem(long remaining) {
    long missing = Math.max(0, capacity - remaining);
    long seconds = Math.ceilDiv(missing * WINDOW.toSeconds(), perMinute);
    return "\"" + policy + "\";r=" + Math.max(0, remaining) + ";t=" + seconds;
  }
}
