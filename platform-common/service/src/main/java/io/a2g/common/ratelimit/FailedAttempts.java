package io.a2g.common.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.a2g.common.secret.Sha256;
import io.github.bucket4j.Bucket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests without a valid credential by address, in this replica's memory: they must cost
 * no query. A credential that was valid a short while ago passes whatever its address did, so that
 * somebody who guesses behind the same proxy keeps out only those who are not at work yet.
 */
class FailedAttempts {

  private static final int REMEMBERED = 10_000;
  private static final Duration GOOD_FOR = Duration.ofMinutes(10);
  private static final int IPV6_NETWORK_BYTES = 8;

  private final Quota quota;
  // Two windows after the last failure its bucket is full again, which is as good as none.
  private final Cache<String, Bucket> addresses =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED)
          .expireAfterAccess(Quota.WINDOW.multipliedBy(2))
          .build();
  private final Cache<ByteBuffer, Boolean> good =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(GOOD_FOR).build();

  /**
   * @param perMinute at least 1
   */
  FailedAttempts(long perMinute) {
    this.quota = new Quota("failures", perMinute, perMinute);
  }

  Quota quota() {
    return quota;
  }

  /** How long this address has to wait; 0: not at all. */
  long waitNanos(String address) {
    Bucket bucket = addresses.getIfPresent(network(address));
    return bucket == null ? 0 : bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
  }

  void failed(String address, @Nullable String credential) {
    addresses.get(network(address), _ -> full()).tryConsume(1);
    if (credential != null) {
      good.invalidate(digest(credential));
    }
  }

  boolean wasGood(@Nullable String credential) {
    return credential != null && good.getIfPresent(digest(credential)) != null;
  }

  void succeeded(String credential) {
    good.put(digest(credential), true);
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

  // Not the credential itself: it would stay in memory for minutes.
  private static ByteBuffer digest(String credential) {
    return ByteBuffer.wrap(Sha256.of(credential));
  }
}
