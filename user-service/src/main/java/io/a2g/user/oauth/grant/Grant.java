package io.a2g.user.oauth.grant;

import io.a2g.user.oauth.OpaqueToken;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of grants; the columns' comments say what is null when.
 *
 * @param id the claim {@code sid} of its tokens
 * @param signedIn false when the sign-in it comes from counts no more
 * @param retryTokenHash SHA-256 of the refresh token before the one in force, while it may be shown
 *     once more; null when it may not
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Grant(
    String id,
    long clientId,
    @Nullable Long userId,
    String grantType,
    Set<String> requestedScopes,
    Set<String> scopes,
    @Nullable String redirectUri,
    @Nullable String clientState,
    @Nullable String nonce,
    @Nullable String codeChallenge,
    @Nullable Instant signedInAt,
    @Nullable Long apiKeyId,
    @Nullable Instant codeExpiresAt,
    @Nullable Instant codeUsedAt,
    byte @Nullable [] refreshTokenHash,
    byte @Nullable [] retryTokenHash,
    @Nullable Instant refreshTokenExpiresAt,
    @Nullable Instant revokedAt,
    Instant expiresAt,
    Instant createdAt,
    boolean signedIn) {

  boolean isRevoked() {
    return revokedAt != null;
  }

  /** True for the refresh token in force. */
  boolean isRefreshedBy(OpaqueToken token) {
    return MessageDigest.isEqual(token.sha256(), refreshTokenHash);
  }

  /** True for the one before it, whose answer the client may not have got. */
  boolean isRetriedBy(OpaqueToken token) {
    return MessageDigest.isEqual(token.sha256(), retryTokenHash);
  }

  /** True once there has been an access token. */
  boolean hasTokens() {
    return userId == null || codeUsedAt != null;
  }
}
