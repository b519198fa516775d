package io.a2g.admin.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs.
 *
 * @param input USD per 1,000,000 input tokens; null when not known
 * @param output USD per 1,000,000 output tokens; null when not known
 */
public record ModelPrice(@Nullable BigDecimal input, @Nullable BigDecimal output) {

  private static final int COST_SCALE = 10;

  /**
   * USD for this many tokens, with ten decimals. A price that is not known counts as 0: the tokens
   * are kept, so the cost can still be worked out later.
   */
  public BigDecimal costOf(long inputTokens, long outputTokens) {
    return part(input, inputTokens)
        .add(part(output, outputTokens))
        .setScale(COST_SCALE, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal part(@Nullable BigDecimal perMillion, long tokens) {
    return perMillion == null
        ? BigDecimal.ZERO
        : perMillion.multiply(BigDecimal.valueOf(tokens)).movePointLeft(6);
  }
}
