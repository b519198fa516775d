package io.a2g.common.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings below {@code platform.audit}.
 *
 * @param retention how long events are kept; at least 365 days, which the database enforces too
 */
@ConfigurationProperties("platform.audit")
record AuditProperties(Duration retention) {

  private static final Duration LEAST = Duration.ofDays(365);

  AuditProperties {
    if (retention.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException("platform.audit.retention must be at least 365 days");
    }
  }
}
