package io.a2g.common.ratelimit;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What this replica took from one shared bucket. A token counts as spent when it is taken, so all
 * replicas together never admit more than the bucket gave; what is not used in time is lost. The
 * first lease is of one token; it doubles while a lease is used up in time, and shrinks to what was
 * used when it is not, so that a quiet caller wastes next to nothing.
 */
final class Lease {

  // An empty bucket is not asked for every request of somebody who does not stop.
  private static final long LEAST_WAIT_NANOS = Duration.ofMillis(200).toNanos();

  private final Quota quota;
  private final long id;
  private final SharedBuckets buckets;
  private final long lifeNanos;

  private long taken;
  private long left;
  private long leftInBucket;
  private long expiresAt = System.nanoTime();
  private long refusedUntil = expiresAt;
  private @Nullable Bucket own;

  Lease(Quota quota, long id, SharedBuckets buckets, Duration life) {
    this.quota = quota;
    this.id = id;
    this.buckets = buckets;
    this.lifeNanos = life.toNanos();
  }

  /** Counts a request. */
  synchronized RateLimitStatus take() {
    long now = System.nanoTime();
    if (now - expiresAt >= 0) {
      taken -= left;
      left = 0;
    }
    if (left > 0) {
      return admit();
    }
    if (now - refusedUntil < 0) {
      return refuse(refusedUntil - now);
    }
    return renew(now);
  }

  /** Takes a request back that another limit refused. */
  synchronized void giveBack() {
    if (System.nanoTime() - expiresAt < 0) {
      left++;
    }
  }

  private RateLimitStatus renew(long now) {
    long wanted = now - expiresAt < 0 ? taken * 2 : taken;
    var grant = buckets.take(quota, id, Math.clamp(wanted, 1, quota.largestLease()));
    if (grant.isEmpty()) {
      return takeOwn();
    }
    leftInBucket = grant.get().left();
    if (grant.get().tokens() == 0) {
      long wait = Math.max(grant.get().waitNanos(), LEAST_WAIT_NANOS);
      refusedUntil = now + wait;
      return refuse(wait);
    }
    taken = grant.get().tokens();
    left = taken;
    expiresAt = now + lifeNanos;
    return admit();
  }

  // Without the database each replica keeps the limit for itself.
  private RateLimitStatus takeOwn() {
    if (own == null) {
      own =
          Bucket.builder()
              .addLimit(limit ->
                  limit.capacity(quota.capacity()).refillGreedy(quota.perMinute(), Quota.WINDOW))
              .build();
    }
    var probe = own.tryConsumeAndReturnRemaining(1);
    return new RateLimitStatus(
        quota,
        probe.getRemainingTokens(),
        probe.isConsumed() ? 0 : Math.max(probe.getNanosToWaitForRefill(), LEAST_WAIT_NANOS));
  }

  private RateLimitStatus admit() {
    left--;
    return new RateLimitStatus(quota, left + leftInBucket, 0);
  }

  private RateLimitStatus refuse(long waitNanos) {
    return new RateLimitStatus(quota, 0, waitNanos);
  }
}
