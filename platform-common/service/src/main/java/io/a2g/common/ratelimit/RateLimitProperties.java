package io.a2g.common.ratelimit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How many requests are taken ({@code platform.limits.rate}).
 *
 * @param user requests a minute of one user, over all its keys and all replicas; 0: no limit
 * @param key requests a minute of one API key, over all replicas; 0: no limit of its own. One that
 *     is not below the user's can never be met first and is not kept.
 * @param burst the time whose requests may come at once: one minute lets a whole minute's come
 *     together after a pause
 * @param failures requests a minute with a credential that is not valid from one address, per
 *     replica; 0: no limit. Those of OAuth clients are counted apart.
 * @param anonymous requests a minute without a credential from one address, per replica; one that
 *     writes counts as twenty; 0: no limit
 */
@ConfigurationProperties("platform.limits.rate")
record RateLimitProperties(long user, long key, Duration burst, long failures, long anonymous) {

  private static final long HIGHEST = 1_000_000_000;

  RateLimitProperties {
    require("user", user);
    require("key", key);
    require("failures", failures);
    require("anonymous", anonymous);
    if (!burst.isPositive()) {
      throw new IllegalArgumentException("platform.limits.rate.burst must be positive");
    }
  }

  private static void require(String name, long rate) {
    if (rate < 0 || rate > HIGHEST) {
      throw new IllegalArgumentException(
          "platform.limits.rate.%s must be 0 to %d a minute".formatted(name, HIGHEST));
    }
  }
}
