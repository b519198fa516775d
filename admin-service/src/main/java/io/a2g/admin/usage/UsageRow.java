package io.a2g.admin.usage;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one day, user, agent and model.
 *
 * @param day UTC
 * @param agentId null when no agent was involved
 * @param cost USD, at the prices when it was recorded
 */
@Schema(name = "UsageRowResponse")
public record UsageRow(
    long id,
    LocalDate day,
    long userId,
    @Nullable Long agentId,
    String model,
    long requestCount,
    long inputTokens,
    long outputTokens,
    @Schema(description = "USD") BigDecimal cost,
    Instant createdAt,
    Instant updatedAt) {}
