package io.a2g.admin.usage;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The usage of one group.
 *
 * @param cost USD, at the prices when it was recorded
 */
@Schema(name = "UsageSumResponse")
public record UsageSum(
    @Schema(description = "UTC; null when not grouped by day") @Nullable LocalDate day,
    @Schema(description = "null when not grouped by user") @Nullable Long userId,
    @Schema(description = "null when not grouped by agent, and for usage without an agent")
        @Nullable Long agentId,
    @Schema(description = "null when not grouped by model") @Nullable String model,
    BigInteger requestCount,
    BigInteger inputTokens,
    BigInteger outputTokens,
    @Schema(description = "USD") BigDecimal cost) {}
