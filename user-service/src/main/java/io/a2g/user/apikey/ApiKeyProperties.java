package io.a2g.user.apikey;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of API keys ({@code platform.api-keys}).
 *
 * @param retention how long a revoked or expired key is still listed; 90 days when absent
 */
@ConfigurationProperties("platform.api-keys")
record ApiKeyProperties(@DefaultValue("P90D") Duration retention) {

  ApiKeyProperties {
    if (retention.isNegative()) {
      throw new IllegalArgumentException("platform.api-keys.retention must not be negative");
    }
  }
}
