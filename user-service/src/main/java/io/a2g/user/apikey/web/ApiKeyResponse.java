package io.a2g.user.apikey.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.a2g.user.apikey.IssuedKey;
import io.a2g.user.apikey.StoredKey;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key.
 *
 * @param key the secret: in the answer that issues it, and never again
 * @param maskedKey what lists show
 * @param scopes what it may be used for; null: whatever its owner may do
 */
record ApiKeyResponse(
    long id,
    long userId,
    String name,
    @Schema(description = "The secret; only in the answer that issues it")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String key,
    String maskedKey,
    @Nullable List<String> scopes,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt,
    Instant createdAt) {

  static ApiKeyResponse of(StoredKey stored) {
    return of(stored, null);
  }

  static ApiKeyResponse of(IssuedKey issued) {
    return of(issued.stored(), issued.key().text());
  }

  private static ApiKeyResponse of(StoredKey stored, @Nullable String key) {
    return new ApiKeyResponse(
        stored.id(),
        stored.userId(),
        stored.name(),
        key,
        stored.masked(),
        stored.scopes().tokens(),
        stored.expiresAt(),
        stored.revokedAt(),
        stored.lastUsedAt(),
        stored.createdAt());
  }
}
