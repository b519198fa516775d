package io.a2g.user.apikey;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key as it is read.
 *
 * @param version see {@link io.a2g.common.web.EntityTags#of}
 * @param description what it is for, for people; null: none is given
 * @param key the secret: in the answer that issues it, and never again
 * @param maskedKey what lists show
 * @param scopes what it may be used for; null: whatever its owner may do
 * @param expiresAt when it stops working; null: never
 * @param revokedAt since when it is refused; null: it is not revoked
 * @param lastUsedAt last use, at most a minute late; null before the first
 * @param replacedBy id of the key that replaces it; null: none does
 */
@Schema(name = "ApiKeyResponse")
public record ApiKeyView(
    long id,
    @JsonIgnore int version,
    long userId,
    String name,
    @Nullable String description,
    @Schema(description = "The secret; only in the answer that issues it")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String key,
    String maskedKey,
    @Nullable List<String> scopes,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt,
    @Nullable Long replacedBy,
    Instant createdAt) {}
