package io.a2g.admin.usage;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.NOT_REQUIRED;

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
 * One record of usage. The upper bounds only keep mistakes out; no call comes near them.
 *
 * @param userId the user it is counted for
 * @param agentId absent when no agent was involved
 * @param model name of a registered model
 * @param requestCount calls to the model; 1 when absent
 * @param occurredAt now when absent
 */
@Schema(name = "UsageRequest")
public record Usage(
    @NotNull @Positive Long userId,
    @Positive @Nullable Long agentId,
    @NotBlank @Size(max = 100) String model,
    @Schema(requiredMode = NOT_REQUIRED, description = "1 when absent") @Min(1) @Max(1_000_000_000)
        Long requestCount,
    @NotNull @PositiveOrZero @Max(1_000_000_000_000L) Long inputTokens,
    @NotNull @PositiveOrZero @Max(1_000_000_000_000L) Long outputTokens,
    @Schema(description = "Now when absent; at most 400 days ago") @Nullable Instant occurredAt) {

  /** Takes an absent count for one request. */
  public Usage {
    requestCount = requestCount == null ? 1 : requestCount;
  }
}
