package io.a2g.common.purge;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings below {@code platform.purge}.
 *
 * @param retention how long a deleted row is kept; not below the 30 days in which it can be
 *     restored
 * @param interval pause between two runs
 */
@ConfigurationProperties("platform.purge")
record PurgeProperties(Duration retention, Duration interval) {

  PurgeProperties {
    if (retention.isNegative() || !interval.isPositive()) {
      throw new IllegalArgumentException("platform.purge: durations must not be negative");
    }
  }
}
