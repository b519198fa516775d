package io.a2g.user.apikey.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.a2g.common.web.EntityTags;
import io.a2g.user.apikey.IssuedKey;
import io.a2g.user.apikey.StoredKey;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/**
 * An API key.
 *
 * @param key the secret: in the answer that issues it, and never again
 * @param maskedKey what lists show
 * @param replacedBy id of the key that replaces it; null: none does
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
    @Nullable Long replacedBy,
    Instant createdAt) {

  /** The answer with this key, masked, and its tag. */
  static ResponseEntity<ApiKeyResponse> ok(StoredKey key) {
    return ResponseEntity.ok().eTag(EntityTags.of(key.version())).body(of(key));
  }

  /** The answer that alone has the secret. */
  static ResponseEntity<ApiKeyResponse> created(IssuedKey issued) {
    return ResponseEntity.created(URI.create("/api/v1/api-keys/" + issued.stored().id()))
        // Exactly this value: it also makes the idempotency store seal the answer.
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(of(issued));
  }

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
        stored.replacedBy(),
        stored.createdAt());
  }
}
