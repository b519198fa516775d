package io.a2g.admin.usage;

import java.math.BigDecimal;

/**
 * The numbers of a row.
 *
 * @param cost USD
 */
public record Counters(long requestCount, long inputTokens, long outputTokens, BigDecimal cost) {

  Counters plus(Counters more) {
    return new Counters(
        Math.addExact(requestCount, more.requestCount),
        Math.addExact(inputTokens, more.inputTokens),
        Math.addExact(outputTokens, more.outputTokens),
        cost.add(more.cost));
  }
}
