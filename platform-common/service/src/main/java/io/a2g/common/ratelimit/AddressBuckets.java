package io.a2g.common.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.a2g.common.filter.ClientAddress;
import io.github.bucket4j.Bucket;

/** One limit by address, in this replica's memory: what it refuses must cost no query. */
final class AddressBuckets {

  private static final int REMEMBERED = 10_000;

  private final Quota quota;
  // Two windows after the last token was taken the bucket is full again, which is as good as none.
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED)
          .expireAfterAccess(Quota.WINDOW.multipliedBy(2))
          .build();

  /**
   * @param perMinute at least 1
   */
  AddressBuckets(String policy, long perMinute) {
    this.quota = new Quota(policy, perMinute, perMinute);
  }

  Quota quota() {
    return quota;
  }

  /** How long this address has to wait until it may take a token; 0: not at all. */
  long waitNanos(String address) {
    Bucket bucket = buckets.getIfPresent(ClientAddress.network(address));
    return bucket == null ? 0 : bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
  }

  /**
   * Takes tokens; none when there are not enough.
   *
   * @param tokens at most what is there after a pause is asked for, so that any limit can be met
   * @return how long the address has to wait; 0: they are taken
   */
  long take(String address, long tokens) {
    return buckets
        .get(ClientAddress.network(address), _ -> full())
        .tryConsumeAndReturnRemaining(Math.min(tokens, quota.capacity()))
        .getNanosToWaitForRefill();
  }

  private Bucket full() {
    return Bucket.builder()
        .addLimit(
            limit -> limit.capacity(quota.capacity()).refillGreedy(quota.perMinute(), Quota.WINDOW))
        .build();
  }
}
