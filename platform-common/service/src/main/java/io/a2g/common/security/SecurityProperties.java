package io.a2g.common.security;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How callers are recognised ({@code platform.security}).
 *
 * @param issuer whose access tokens are accepted: user-service's URL as clients know it, exactly
 * @param callerCacheTime how long a caller is remembered, so how late a revocation can be noticed;
 *     10 s when absent, must stay below the promised 30 s
 * @param apiDocs whether the OpenAPI document and Swagger UI are open to everybody; true when
 *     absent, otherwise nobody sees them
 */
@ConfigurationProperties("platform.security")
public record SecurityProperties(
    String issuer,
    @DefaultValue("10s") Duration callerCacheTime,
    @DefaultValue("true") boolean apiDocs) {

  private static final Duration PROMISED = Duration.ofSeconds(30);

  public SecurityProperties {
    if (callerCacheTime.isNegative() || callerCacheTime.compareTo(PROMISED) >= 0) {
      throw new IllegalArgumentException(
          "PLATFORM_SECURITY_CALLER_CACHE_TIME is "
              + callerCacheTime
              + "; give 0s to 29s: a revocation counts everywhere within 30 s");
    }
  }
}
