package io.a2g.common.orphan.job;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings below {@code platform.references}.
 *
 * @param auditInterval pause between two scans of a schema, by whichever replica
 * @param confirmAfter the least time between the two sights that make a finding count; longer than
 *     the longest transaction
 */
@ConfigurationProperties("platform.references")
record OrphanProperties(Duration auditInterval, Duration confirmAfter) {

  OrphanProperties {
    if (!auditInterval.isPositive() || !confirmAfter.isPositive()) {
      throw new IllegalArgumentException(
          "platform.references: audit-interval and confirm-after must be above zero");
    }
  }
}
