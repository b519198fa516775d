package io.a2g.common.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A change that was made.
 *
 * @param actorId {@code users.users.id} of who made it; null: the platform itself
 * @param apiKeyId the key in use; null: none
 * @param action resource and verb, such as {@code user.role_changed}
 * @param resourceType such as {@code user}
 * @param resourceId its id
 * @param before what changed, as it was; null: nothing was there
 * @param after what changed, as it is now; null: nothing is left
 * @param clientAddress where the request came from; null: no request
 * @param userAgent what the client called itself; null: not told
 * @param traceId W3C trace id of the request; null: no request
 */
public record AuditEvent(
    long id,
    Instant occurredAt,
    @Nullable Long actorId,
    @Nullable Long apiKeyId,
    String action,
    String resourceType,
    String resourceId,
    @Nullable JsonNode before,
    @Nullable JsonNode after,
    @Nullable String clientAddress,
    @Nullable String userAgent,
    @Nullable String traceId) {}
