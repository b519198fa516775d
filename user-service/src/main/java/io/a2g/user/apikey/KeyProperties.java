package io.a2g.user.apikey;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How API keys are kept ({@code platform.api-keys}).
 *
 * @param retention how long a revoked or expired key is still listed; 90 days when absent
 */
@ConfigurationProperties("platform.api-keys")
record KeyProperties(@DefaultValue("P90D") Duration retention) {

  KeyProperties {
    if (retention.isNegative()) {
      throw new IllegalArgumentException("platform.api-keys.retention must not be negative");
    }
  }
}
