package io.a2g.common.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events; what is null is not asked for.
 *
 * @param from the earliest, included
 * @param to the latest, not included
 */
public record AuditFilter(
    @Nullable Long actorId,
    @Nullable String action,
    @Nullable String resourceType,
    @Nullable String resourceId,
    @Nullable Instant from,
    @Nullable Instant to) {}
