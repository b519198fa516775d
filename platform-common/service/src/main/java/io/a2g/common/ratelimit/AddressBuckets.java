package io.a2g.common.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.net.InetAddress;
import java.util.Arrays;

/** One limit by address, in this replica's memory: what it refuses must cost no query. */
final class AddressBuckets {

  private static final int REMEMBERED = 10_000;
  private static final int IPV6_NETWORK_BYTES = 8;

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
    Bucket bucket = buckets.getIfPresent(network(address));
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
        .get(network(address), _ -> full())
        .tryConsumeAndReturnRemaining(Math.min(tokens, quota.capacity()))
        .getNanosToWaitForRefill();
  }

  private Bucket full() {
    return Bucket.builder()
        .addLimit(
            limit -> limit.capacity(quota.capacity()).refillGreedy(quota.perMinute(), Quota.WINDOW))
        .build();
  }

  // Whoever has one IPv6 address has the other 2^64 of its network too.
  private static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      byte[] bytes = InetAddress.ofLiteral(address.replaceFirst("%.*", "")).getAddress();
      return Arrays.toString(bytes.length == 4 ? bytes : Arrays.copyOf(bytes, IPV6_NETWORK_BYTES));
    } catch (IllegalArgumentException e) {
      return address;
    }
  }
}
