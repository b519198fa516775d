package io.a2g.common.limit;

import io.a2g.common.security.Caller;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts requests by user and by key. */
class RequestRates {

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
        : new Allowance(Quota.of(policy, perMinute, limits.burst()), buckets, limits.lease());
  }

  /** Counts a request; one standing for each limit that was asked, the refusing one last. */
  List<Standing> count(Caller caller) {
    List<Standing> standings = new ArrayList<>(2);
    Long key = caller.apiKeyId();
    if (byKey != null && key != null) {
      standings.add(byKey.take(key));
      if (!standings.getLast().admitted()) {
        return standings;
      }
    }
    if (byUser != null) {
      standings.add(byUser.take(caller.userId()));
      if (!standings.getLast().admitted() && byKey != null && key != null) {
        byKey.giveBack(key);
      }
    }
    return standings;
  }
}
