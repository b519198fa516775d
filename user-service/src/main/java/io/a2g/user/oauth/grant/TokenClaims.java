package io.a2g.user.oauth.grant;

import io.a2g.user.account.User;
import io.a2g.user.account.UserDirectory;
import io.a2g.user.oauth.OAuthProperties;
import io.a2g.user.oauth.SignedInUser;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.StandardClaimNames;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.stereotype.Component;

/** The claims of tokens; platform-common reads the access tokens. */
@Component
public class TokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

  /** The claim that names the grant, so that a token falls with it. */
  static final String GRANT = "sid";

  private static final String AUDIENCE = "a2g";

  private final UserDirectory users;
  private final OAuthProperties properties;

  TokenClaims(UserDirectory users, OAuthProperties properties) {
    this.users = users;
    this.properties = properties;
  }

  @Override
  public void customize(JwtEncodingContext context) {
    OAuth2Authorization authorization = context.getAuthorization();
    String grantId = authorization == null ? UUID.randomUUID().toString() : authorization.getId();
    context.getClaims().claim(GRANT, grantId);
    if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
      accessToken(context);
    } else {
      idToken(context);
    }
  }

  private static void accessToken(JwtEncodingContext context) {
    context.getJwsHeader().type(IssuedTokens.ACCESS_TOKEN_TYPE);
    context
        .getClaims()
        .audience(List.of(AUDIENCE))
        .claim("client_id", context.getRegisteredClient().getClientId())
        .claim("scope", String.join(" ", context.getAuthorizedScopes()));
  }

  private void idToken(JwtEncodingContext context) {
    context.getJwsHeader().type("JWT");
    Authentication principal = Objects.requireNonNull(context.getPrincipal());
    SignedInUser user = (SignedInUser) Objects.requireNonNull(principal.getPrincipal());
    JwtClaimsSet.Builder claims = context.getClaims();
    claims.claims(all -> {
      Instant issuedAt = (Instant) Objects.requireNonNull(all.get("iat"));
      all.put("exp", issuedAt.plus(properties.accessTokenTime()));
    });
    claims.claim("auth_time", user.signedInAt().getEpochSecond());
    ofUser(user.id(), context.getAuthorizedScopes()).forEach(claims::claim);
  }

  /**
   * The claims about a user that these scopes give; {@code sub} at least.
   *
   * @throws java.util.NoSuchElementException when the user may not sign in any more
   */
  public Map<String, Object> ofUser(long userId, Set<String> scopes) {
    User user = users.findAllowedToSignIn(userId).orElseThrow();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put(StandardClaimNames.SUB, Long.toString(user.id()));
    if (scopes.contains(OidcScopes.PROFILE)) {
      claims.put(StandardClaimNames.PREFERRED_USERNAME, user.username());
      claims.put(StandardClaimNames.NAME, nameOf(user));
      claims.put(StandardClaimNames.LOCALE, user.profile().languagePreference());
    }
    @Nullable String email = user.profile().email();
    if (scopes.contains(OidcScopes.EMAIL) && email != null) {
      claims.put(StandardClaimNames.EMAIL, email);
    }
    return claims;
  }

  /** The scopes in an access token. */
  static Set<String> scopesOf(Jwt accessToken) {
    @Nullable String scopes = accessToken.getClaimAsString("scope");
    return scopes == null || scopes.isBlank() ? Set.of() : Set.of(scopes.split(" "));
  }

  private static String nameOf(User user) {
    boolean korean = user.profile().languagePreference().equals("ko");
    @Nullable String first = korean ? user.profile().usernameKr() : user.profile().usernameEn();
    @Nullable String second = korean ? user.profile().usernameEn() : user.profile().usernameKr();
    return first != null ? first : Objects.requireNonNullElse(second, user.username());
  }
}
