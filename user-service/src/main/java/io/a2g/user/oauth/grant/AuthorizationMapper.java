package io.a2g.user.oauth.grant;

import io.a2g.user.oauth.OpaqueToken;
import io.a2g.user.oauth.SignedInUser;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/**
 * Maps rows to what Spring Authorization Server works with, and back. Of the tokens only the one
 * that the client has presented is known; the others have a value that cannot be presented.
 */
class AuthorizationMapper {

  /** Which refresh token a rotation began with, an {@link OpaqueToken}. */
  static final String PRESENTED_REFRESH_TOKEN = "io.a2g.presented_refresh_token";

  private static final String HIDDEN = "hidden";
  private static final Duration CONSENT_TIME = Duration.ofMinutes(10);

  private final RegisteredClientRepository clients;

  AuthorizationMapper(RegisteredClientRepository clients) {
    this.clients = clients;
  }

  /**
   * A token as its holder presents it.
   *
   * @param type its name in OAuth
   * @param token an {@link OpaqueToken}, or the {@link Jwt} of an access or ID token
   */
  record Presented(String type, Object token) {

    static final Presented NOTHING = new Presented("", "");

    private @Nullable OpaqueToken opaque(String wanted) {
      return type.equals(wanted) ? (OpaqueToken) token : null;
    }

    private @Nullable Jwt jwt(String wanted) {
      return type.equals(wanted) ? (Jwt) token : null;
    }
  }

  /** True when the whole grant is to end. */
  static boolean isInvalidated(OAuth2Authorization authorization) {
    return isInvalidated(authorization.getRefreshToken())
        || isInvalidated(authorization.getAccessToken())
        || (authorization.getAccessToken() == null
            && isInvalidated(authorization.getToken(OAuth2AuthorizationCode.class)));
  }

  private static boolean isInvalidated(OAuth2Authorization.@Nullable Token<?> token) {
    return token != null && token.isInvalidated();
  }

  /** A row for something new. */
  Grant newGrant(OAuth2Authorization authorization) {
    var code = authorization.getToken(OAuth2AuthorizationCode.class);
    var access = authorization.getAccessToken();
    Instant now = Instant.now();
    Instant codeExpiresAt = code == null ? null : code.getToken().getExpiresAt();
    Instant expiresAt =
        access == null
            ? (codeExpiresAt == null ? now.plus(CONSENT_TIME) : codeExpiresAt)
            : Objects.requireNonNull(access.getToken().getExpiresAt());
    OAuth2AuthorizationRequest request =
        authorization.getAttribute(OAuth2AuthorizationRequest.class.getName());
    Authentication principal = authorization.getAttribute(Principal.class.getName());
    SignedInUser user =
        principal != null && principal.getPrincipal() instanceof SignedInUser signedIn
            ? signedIn
            : null;
    return new Grant(
        idOf(authorization),
        Long.parseLong(authorization.getRegisteredClientId()),
        user == null ? null : user.id(),
        authorization.getAuthorizationGrantType().getValue(),
        request == null ? authorization.getAuthorizedScopes() : request.getScopes(),
        authorization.getAuthorizedScopes(),
        request == null ? null : request.getRedirectUri(),
        request == null ? null : request.getState(),
        parameter(request, OidcParameterNames.NONCE),
        parameter(request, PkceParameterNames.CODE_CHALLENGE),
        user == null ? null : user.signedInAt(),
        user == null ? null : user.apiKeyId(),
        codeExpiresAt,
        null,
        null,
        null,
        null,
        null,
        expiresAt,
        now,
        true);
  }

  // A client's own token names its grant before there is one.
  private static String idOf(OAuth2Authorization authorization) {
    var access = authorization.getAccessToken();
    Map<String, Object> claims = access == null ? null : access.getClaims();
    Object named = claims == null ? null : claims.get(TokenClaims.GRANT);
    return named == null ? authorization.getId() : named.toString();
  }

  private static @Nullable String parameter(
      @Nullable OAuth2AuthorizationRequest request, String name) {
    return request == null ? null : (String) request.getAdditionalParameters().get(name);
  }

  /**
   * The authorization of a grant, in which the token that was presented is known.
   *
   * @return null when the sign-in that it comes from counts no more
   */
  @Nullable OAuth2Authorization of(Grant grant, Presented shown) {
    RegisteredClient client = clients.findById(Long.toString(grant.clientId()));
    Optional<SignedInUser> user = GrantStore.userOf(grant);
    if (client == null || !grant.signedIn()) {
      return null;
    }
    OAuth2Authorization.Builder builder =
        OAuth2Authorization.withRegisteredClient(client)
            .id(grant.id())
            .principalName(user.map(SignedInUser::getName).orElse(client.getClientId()))
            .authorizationGrantType(new AuthorizationGrantType(grant.grantType()))
            .authorizedScopes(grant.scopes());
    user.ifPresent(signedIn ->
        builder
            .attribute(Principal.class.getName(), signedIn.authentication())
            .attribute(OAuth2AuthorizationRequest.class.getName(), request(grant, client)));
    OpaqueToken consentState = shown.opaque(OAuth2ParameterNames.STATE);
    if (consentState != null) {
      builder.attribute(OAuth2ParameterNames.STATE, consentState.text());
    }
    addCode(builder, grant, shown);
    if (grant.hasTokens()) {
      addTokens(builder, grant, shown);
    }
    return builder.build();
  }

  private static OAuth2AuthorizationRequest request(Grant grant, RegisteredClient client) {
    Map<String, Object> parameters = new HashMap<>();
    if (grant.nonce() != null) {
      parameters.put(OidcParameterNames.NONCE, grant.nonce());
    }
    if (grant.codeChallenge() != null) {
      parameters.put(PkceParameterNames.CODE_CHALLENGE, grant.codeChallenge());
      parameters.put(PkceParameterNames.CODE_CHALLENGE_METHOD, "S256");
    }
    return OAuth2AuthorizationRequest.authorizationCode()
        .authorizationUri("/oauth2/authorize")
        .clientId(client.getClientId())
        .redirectUri(grant.redirectUri())
        .scopes(grant.requestedScopes())
        .state(grant.clientState())
        .additionalParameters(parameters)
        .build();
  }

  private static void addCode(OAuth2Authorization.Builder builder, Grant grant, Presented shown) {
    OpaqueToken code = shown.opaque(OAuth2ParameterNames.CODE);
    if (grant.codeExpiresAt() != null) {
      add(
          builder,
          new OAuth2AuthorizationCode(
              code == null ? HIDDEN : code.text(), grant.createdAt(), grant.codeExpiresAt()),
          grant.codeUsedAt() != null || grant.isRevoked(),
          null);
    }
  }

  private static void addTokens(OAuth2Authorization.Builder builder, Grant grant, Presented shown) {
    Jwt access = shown.jwt(OAuth2ParameterNames.ACCESS_TOKEN);
    add(
        builder,
        new OAuth2AccessToken(
            OAuth2AccessToken.TokenType.BEARER,
            access == null ? HIDDEN : access.getTokenValue(),
            access == null ? grant.createdAt() : access.getIssuedAt(),
            access == null ? grant.expiresAt() : access.getExpiresAt(),
            access == null ? grant.scopes() : TokenClaims.scopesOf(access)),
        grant.isRevoked(),
        access == null ? null : access.getClaims());
    if (grant.userId() != null && grant.scopes().contains(OidcScopes.OPENID)) {
      Jwt id = shown.jwt(OidcParameterNames.ID_TOKEN);
      Map<String, Object> claims =
          id == null ? Map.of("sub", grant.userId().toString()) : id.getClaims();
      add(
          builder,
          new OidcIdToken(
              id == null ? HIDDEN : id.getTokenValue(),
              id == null ? grant.createdAt() : id.getIssuedAt(),
              id == null ? grant.expiresAt() : id.getExpiresAt(),
              claims),
          false,
          claims);
    }
    if (grant.refreshTokenExpiresAt() != null) {
      OpaqueToken refresh = shown.opaque(OAuth2ParameterNames.REFRESH_TOKEN);
      add(
          builder,
          new OAuth2RefreshToken(
              refresh == null ? HIDDEN : refresh.text(),
              grant.createdAt(),
              grant.refreshTokenExpiresAt()),
          grant.isRevoked(),
          null);
      if (refresh != null) {
        builder.attribute(PRESENTED_REFRESH_TOKEN, refresh);
      }
    }
  }

  private static void add(
      OAuth2Authorization.Builder builder,
      OAuth2Token token,
      boolean invalidated,
      @Nullable Map<String, Object> claims) {
    builder.token(
        token,
        metadata -> {
          metadata.put(OAuth2Authorization.Token.INVALIDATED_METADATA_NAME, invalidated);
          if (claims != null) {
            metadata.put(OAuth2Authorization.Token.CLAIMS_METADATA_NAME, claims);
          }
        });
  }
}
