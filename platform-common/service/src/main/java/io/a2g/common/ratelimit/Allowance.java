package io.a2g.common.ratelimit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;

/** One limit and what this replica holds of it, for many users or keys. */
final class Allowance {

  // A lease that is pushed out is lost, never used twice.
  private static final int REMEMBERED = 20_000;
  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(5);

  private final Quota quota;
  private final LoadingCache<Long, Lease> leases;

  Allowance(Quota quota, SharedBuckets buckets, Duration leaseTime) {
    this.quota = quota;
    this.leases =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterAccess(REMEMBERED_FOR)
            .build(id -> new Lease(quota, id, buckets, leaseTime));
  }

  Quota quota() {
    return quota;
  }

  RateLimitStatus take(long id) {
    return leases.get(id).take();
  }

  void giveBack(long id) {
    leases.get(id).giveBack();
  }
}
