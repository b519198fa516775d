package io.a2g.admin.usage;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The usage of one group. What was not grouped by is null; {@code agentId} is also null for usage
 * without an agent.
 *
 * @param cost USD
 */
public record UsageSum(
    @Nullable LocalDate day,
    @Nullable Long userId,
    @Nullable Long agentId,
    @Nullable String model,
    BigInteger requestCount,
    BigInteger inputTokens,
    BigInteger outputTokens,
    BigDecimal cost) {}
