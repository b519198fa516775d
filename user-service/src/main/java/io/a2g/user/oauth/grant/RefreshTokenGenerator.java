package io.a2g.user.oauth.grant;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/**
 * Draws refresh tokens, for public clients too: a refresh token that works once and gives its thief
 * away is what OAuth 2.1 asks of them, and Spring's own generator refuses it to them.
 */
public class RefreshTokenGenerator implements OAuth2TokenGenerator<OAuth2RefreshToken> {

  private final Clock clock;

  /** Draws by this clock. */
  public RefreshTokenGenerator(Clock clock) {
    this.clock = clock;
  }

  @Override
  public @Nullable OAuth2RefreshToken generate(OAuth2TokenContext context) {
    if (!OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType())) {
      return null;
    }
    OAuth2Authorization authorization = context.getAuthorization();
    var before = authorization == null ? null : authorization.getRefreshToken();
    RefreshToken token =
        before == null
            ? RefreshToken.generate()
            : new RefreshToken(before.getToken().getTokenValue()).next();
    Instant now = clock.instant();
    return new OAuth2RefreshToken(
        token.text(),
        now,
        now.plus(context.getRegisteredClient().getTokenSettings().getRefreshTokenTimeToLive()));
  }
}
