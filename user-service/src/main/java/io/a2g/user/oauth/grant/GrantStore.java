package io.a2g.user.oauth.grant;

import io.a2g.common.audit.AuditLog;
import io.a2g.user.oauth.OAuthProperties;
import io.a2g.user.oauth.OpaqueToken;
import io.a2g.user.oauth.SignedInUser;
import io.a2g.user.oauth.grant.AuthorizationMapper.Presented;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps grants for Spring Authorization Server. A code or refresh token works once: presenting one
 * a second time, even at the same moment, ends the grant, because one of the two is not the client
 * it was given to. Only the last refresh token may be shown once more within a minute, because the
 * answer may have been lost; what it brought the first time is then over.
 */
@Component
public class GrantStore implements OAuth2AuthorizationService {

  /** For the audit: a grant that a client begins to use. */
  private record IssuedGrant(String grantId, long oauthClientId, Set<String> scopes) {}

  /** For the audit: a grant that ended before its time. */
  private record RevokedGrant(String grantId, long oauthClientId, String reason) {}

  private static final Logger log = LoggerFactory.getLogger(GrantStore.class);

  private final Grants grants;
  private final IssuedTokens tokens;
  private final AuthorizationMapper authorizations;
  private final OAuthProperties properties;
  private final AuditLog audit;
  private final TransactionTemplate transactions;

  GrantStore(
      Grants grants,
      IssuedTokens tokens,
      RegisteredClientRepository clients,
      OAuthProperties properties,
      AuditLog audit,
      TransactionTemplate transactions) {
    this.grants = grants;
    this.tokens = tokens;
    this.authorizations = new AuthorizationMapper(clients);
    this.properties = properties;
    this.audit = audit;
    this.transactions = transactions;
  }

  @Override
  public void save(OAuth2Authorization authorization) {
    boolean stored = Boolean.TRUE.equals(transactions.execute(status -> store(authorization)));
    if (!stored) {
      revoke(authorization.getId(), "used twice at the same time");
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
    }
  }

  @Override
  public void remove(OAuth2Authorization authorization) {
    grants.delete(authorization.getId());
  }

  @Override
  public @Nullable OAuth2Authorization findById(String id) {
    return grants.find(id).map(grant -> authorizations.of(grant, Presented.NOTHING)).orElse(null);
  }

  @Override
  public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
    OpaqueToken opaque = new OpaqueToken(token);
    return switch (type == null ? "" : type.getValue()) {
      case OAuth2ParameterNames.CODE -> byCode(opaque);
      case OAuth2ParameterNames.REFRESH_TOKEN -> byRefreshToken(opaque);
      case OAuth2ParameterNames.ACCESS_TOKEN -> byAccessToken(token);
      case OAuth2ParameterNames.STATE ->
          of(grants.findByConsentState(opaque), OAuth2ParameterNames.STATE, opaque);
      case OidcParameterNames.ID_TOKEN -> byJwt(tokens.idToken(token), OidcParameterNames.ID_TOKEN);
      case "" -> byAnyToken(token, opaque);
      default -> null;
    };
  }

  /** Ends a grant: nothing of it is accepted any more. */
  public void revoke(String grantId, String reason) {
    transactions.executeWithoutResult(
        status -> grants.find(grantId).ifPresent(grant -> revoke(grant, reason)));
  }

  /** Ends a grant whose user has signed out of the client, unless it was made to outlast that. */
  public void signedOut(String grantId) {
    transactions.executeWithoutResult(status ->
        grants
            .find(grantId)
            .filter(grant -> !grant.scopes().contains("offline_access"))
            .ifPresent(grant -> revoke(grant, "signed out")));
  }

  private @Nullable OAuth2Authorization byAnyToken(String token, OpaqueToken opaque) {
    OAuth2Authorization found = byAccessToken(token);
    return found != null
        ? found
        : of(grants.findByRefreshToken(opaque), OAuth2ParameterNames.REFRESH_TOKEN, opaque);
  }

  private @Nullable OAuth2Authorization byAccessToken(String token) {
    return byJwt(tokens.accessToken(token), OAuth2ParameterNames.ACCESS_TOKEN);
  }

  private @Nullable OAuth2Authorization byCode(OpaqueToken code) {
    Optional<Grant> found = grants.findByCode(code);
    if (found.isPresent() && found.get().codeUsedAt() != null) {
      revoke(found.get().id(), "authorization code used again");
      return null;
    }
    return of(found, OAuth2ParameterNames.CODE, code);
  }

  private @Nullable OAuth2Authorization byRefreshToken(OpaqueToken token) {
    return of(
        grants.findByRefreshToken(token).or(() -> byUsed(token)),
        OAuth2ParameterNames.REFRESH_TOKEN,
        token);
  }

  private Optional<Grant> byUsed(OpaqueToken refreshToken) {
    Optional<Grant> used = grants.findByUsedRefreshToken(refreshToken);
    Optional<Grant> retried = used.filter(grant -> grant.isRetriedBy(refreshToken));
    if (retried.isEmpty()) {
      used.ifPresent(grant -> revoke(grant.id(), "refresh token used again"));
    }
    return retried;
  }

  private @Nullable OAuth2Authorization byJwt(Optional<Jwt> token, String type) {
    return token
        .flatMap(jwt ->
            Optional.ofNullable(jwt.getClaimAsString(TokenClaims.GRANT))
                .flatMap(grants::find)
                .map(grant -> authorizations.of(grant, new Presented(type, jwt))))
        .orElse(null);
  }

  private @Nullable OAuth2Authorization of(Optional<Grant> found, String type, OpaqueToken token) {
    return found.map(grant -> authorizations.of(grant, new Presented(type, token))).orElse(null);
  }

  /** False when the code or the refresh token was used in the meantime. */
  private boolean store(OAuth2Authorization authorization) {
    Grant stored = grants.lock(authorization.getId()).orElse(null);
    if (stored == null) {
      insert(authorization);
      return true;
    }
    if (AuthorizationMapper.isInvalidated(authorization)) {
      revoke(stored, "revoked by the client");
      return true;
    }
    if (stored.isRevoked()) {
      return false;
    }
    OpaqueToken presented = authorization.getAttribute(AuthorizationMapper.PRESENTED_REFRESH_TOKEN);
    if (presented != null) {
      return rotate(stored, presented, authorization);
    }
    if (authorization.getAccessToken() != null) {
      return exchange(stored, authorization);
    }
    var code = Objects.requireNonNull(authorization.getToken(OAuth2AuthorizationCode.class));
    grants.consented(
        stored.id(),
        authorization.getAuthorizedScopes(),
        new OpaqueToken(code.getToken().getTokenValue()),
        code.getToken().getExpiresAt());
    return true;
  }

  private void insert(OAuth2Authorization authorization) {
    var code = authorization.getToken(OAuth2AuthorizationCode.class);
    String consentState = authorization.getAttribute(OAuth2ParameterNames.STATE);
    grants.insert(
        authorizations.newGrant(authorization),
        code == null ? null : new OpaqueToken(code.getToken().getTokenValue()),
        consentState == null ? null : new OpaqueToken(consentState));
  }

  private boolean exchange(Grant stored, OAuth2Authorization authorization) {
    if (stored.codeUsedAt() != null) {
      return false;
    }
    grants.codeUsed(stored.id());
    issued(stored, null, authorization);
    audit.record(
        "user.access_granted",
        "user",
        Objects.requireNonNull(stored.userId()),
        null,
        new IssuedGrant(stored.id(), stored.clientId(), stored.scopes()));
    return true;
  }

  private boolean rotate(Grant stored, OpaqueToken presented, OAuth2Authorization authorization) {
    if (stored.isRefreshedBy(presented)) {
      if (new RefreshToken(presented.text()).family() == null) {
        grants.refreshTokenUsed(stored.id(), presented);
      }
      issued(stored, presented, authorization);
      return true;
    }
    if (stored.isRetriedBy(presented)) {
      issued(stored, null, authorization);
      return true;
    }
    return false;
  }

  private void issued(
      Grant stored, @Nullable OpaqueToken previous, OAuth2Authorization authorization) {
    var access = Objects.requireNonNull(authorization.getAccessToken()).getToken();
    var refreshed = authorization.getRefreshToken();
    @Nullable OAuth2RefreshToken refresh = refreshed == null ? null : refreshed.getToken();
    Instant refreshUntil = refresh == null ? null : refreshUntil(stored, refresh);
    grants.tokensIssued(
        stored.id(),
        refresh == null ? null : new RefreshToken(refresh.getTokenValue()),
        previous,
        refreshUntil,
        refreshUntil == null ? Objects.requireNonNull(access.getExpiresAt()) : refreshUntil);
  }

  // However often it is refreshed, a grant ends.
  private Instant refreshUntil(Grant grant, OAuth2RefreshToken token) {
    Instant end = grant.createdAt().plus(properties.grantTime());
    Instant until = Objects.requireNonNull(token.getExpiresAt());
    return until.isBefore(end) ? until : end;
  }

  private void revoke(Grant grant, String reason) {
    if (!grants.revoke(grant.id())) {
      return;
    }
    log.info("Grant {} of client {} is revoked: {}", grant.id(), grant.clientId(), reason);
    RevokedGrant revoked = new RevokedGrant(grant.id(), grant.clientId(), reason);
    if (grant.userId() == null) {
      audit.record("oauth_client.access_revoked", "oauth_client", grant.clientId(), null, revoked);
    } else {
      audit.record("user.access_revoked", "user", grant.userId(), null, revoked);
    }
  }

  /** The user that a grant is of; empty when it is a client's own. */
  static Optional<SignedInUser> userOf(Grant grant) {
    return grant.userId() == null
        ? Optional.empty()
        : Optional.of(
            new SignedInUser(
                grant.userId(), Objects.requireNonNull(grant.signedInAt()), grant.apiKeyId()));
  }
}
