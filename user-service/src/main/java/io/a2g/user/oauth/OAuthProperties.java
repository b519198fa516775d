package io.a2g.user.oauth;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Lifetimes of the authorization server ({@code platform.oauth}).
 *
 * @param codeTime from an authorization code to its exchange; 1 min when absent
 * @param accessTokenTime life of access and ID tokens, at most 15 min, because no service accepts
 *     longer ones; 5 min when absent
 * @param refreshTokenTime how long a refresh token waits for its use; 30 days when absent
 * @param grantTime from what a user granted to its end, however often it is refreshed; 90 days when
 *     absent
 * @param keyTime how long a key signs before the next one takes over; 90 days when absent
 * @param keyNotice how long a key is published before it signs; longer than any service remembers
 *     keys; 1 h when absent
 */
@ConfigurationProperties("platform.oauth")
public record OAuthProperties(
    @DefaultValue("1m") Duration codeTime,
    @DefaultValue("5m") Duration accessTokenTime,
    @DefaultValue("30d") Duration refreshTokenTime,
    @DefaultValue("90d") Duration grantTime,
    @DefaultValue("90d") Duration keyTime,
    @DefaultValue("1h") Duration keyNotice) {

  private static final Duration LONGEST_ACCESS = Duration.ofMinutes(15);

  public OAuthProperties {
    if (!accessTokenTime.isPositive() || accessTokenTime.compareTo(LONGEST_ACCESS) > 0) {
      throw new IllegalArgumentException(
          "A2G_ACCESS_TOKEN_TIME is "
              + accessTokenTime
              + "; give more than PT0S and at most PT15M");
    }
  }
}
