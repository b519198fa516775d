package io.a2g.admin.usage.web;

import io.a2g.admin.usage.Usage;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was used. The upper bounds only keep mistakes out; no call comes near them.
 *
 * @param agentId absent when no agent was involved
 * @param model name of a registered model
 * @param requestCount 1 when absent
 * @param occurredAt now when absent
 */
record UsageRequest(
    @NotNull @Positive Long userId,
    @Positive @Nullable Long agentId,
    @NotBlank @Size(max = 100) String model,
    @Schema(description = "1 when absent") @Min(1) @Max(1_000_000_000) @Nullable Long requestCount,
    @NotNull @PositiveOrZero @Max(1_000_000_000_000L) Long inputTokens,
    @NotNull @PositiveOrZero @Max(1_000_000_000_000L) Long outputTokens,
    @Schema(description = "Now when absent; at most 400 days ago") @Nullable Instant occurredAt) {

  Usage usage() {
    return new Usage(
        userId,
        agentId,
        model,
        requestCount == null ? 1 : requestCount,
        inputTokens,
        outputTokens,
        occurredAt);
  }
}
