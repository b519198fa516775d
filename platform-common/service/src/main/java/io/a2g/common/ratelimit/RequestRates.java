package io.a2g.common.ratelimit;

import io.a2g.common.security.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts requests by user and by key. */
class RequestRates {

  // How long a replica may use what it took from the shared bucket: long enough that its two round
  // trips are rare, short enough that a quiet caller loses few tokens.
  private static final Duration LEASE_TIME = Duration.ofSeconds(5);

  private final @Nullable Allowance byUser;
  private final @Nullable Allowance byKey;

  RequestRates(RateLimitProperties limits, SharedBuckets buckets) {
    this.byUser = allowance("user", limits.user(), limits, buckets);
    this.byKey =
        limits.user() > 0 && limits.key() >= limits.user()
            ? null
            : allowance("key", limits.key(), limits, buckets);
  }

  private static @Nullable Allowance allowance(
      String policy, long perMinute, RateLimitProperties limits, SharedBuckets buckets) {
    return perMinute == 0
        ? null
        : new Allowance(Quota.of(policy, perMinute, limits.burst()), buckets, LEASE_TIME);
  }

  /** Counts a request; one status for each limit that was asked, the refusing one last. */
  List<RateLimitStatus> count(Caller caller) {
    List<RateLimitStatus> statuses = new ArrayList<>(2);
    Long key = caller.apiKeyId();
    if (byKey != null && key != null) {
      statuses.add(byKey.take(key));
      if (!statuses.getLast().admitted()) {
        return statuses;
      }
    }
    if (byUser != null) {
      statuses.add(byUser.take(caller.userId()));
      if (!statuses.getLast().admitted() && byKey != null && key != null) {
        byKey.giveBack(key);
      }
    }
    return statuses;
  }
}
