package io.a2g.admin.usage.web;

import io.a2g.admin.usage.UsageSum;
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
record UsageSumResponse(
    @Schema(description = "UTC; null when not grouped by day") @Nullable LocalDate day,
    @Schema(description = "null when not grouped by user") @Nullable Long userId,
    @Schema(description = "null when not grouped by agent, and for usage without an agent")
        @Nullable Long agentId,
    @Schema(description = "null when not grouped by model") @Nullable String model,
    BigInteger requestCount,
    BigInteger inputTokens,
    BigInteger outputTokens,
    @Schema(description = "USD") BigDecimal cost) {

  static UsageSumResponse of(UsageSum sum) {
    return new UsageSumResponse(
        sum.day(),
        sum.userId(),
        sum.agentId(),
        sum.model(),
        sum.requestCount(),
        sum.inputTokens(),
        sum.outputTokens(),
        sum.cost().stripTrailingZeros());
  }
}
