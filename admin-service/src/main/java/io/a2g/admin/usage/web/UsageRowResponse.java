package io.a2g.admin.usage.web;

import io.a2g.admin.usage.UsageRow;
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
record UsageRowResponse(
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
    Instant updatedAt) {

  static UsageRowResponse of(UsageRow row) {
    return new UsageRowResponse(
        row.id(),
        row.day(),
        row.userId(),
        row.agentId(),
        row.model(),
        row.counters().requestCount(),
        row.counters().inputTokens(),
        row.counters().outputTokens(),
        row.counters().cost().stripTrailingZeros(),
        row.createdAt(),
        row.updatedAt());
  }
}
