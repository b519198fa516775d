package io.a2g.admin.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was used.
 *
 * @param userId who used it
 * @param agentId through which agent; null when none was involved
 * @param model name of the model
 * @param requestCount calls to the model
 * @param occurredAt when; null: now
 */
public record Usage(
    long userId,
    @Nullable Long agentId,
    String model,
    long requestCount,
    long inputTokens,
    long outputTokens,
    @Nullable Instant occurredAt) {}
