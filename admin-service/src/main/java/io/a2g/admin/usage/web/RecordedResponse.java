package io.a2g.admin.usage.web;

import io.a2g.admin.usage.Counters;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;

/**
 * What was counted.
 *
 * @param count items in the request
 * @param cost USD
 */
record RecordedResponse(
    int count,
    long requestCount,
    long inputTokens,
    long outputTokens,
    @Schema(description = "USD") BigDecimal cost) {

  static RecordedResponse of(int count, Counters sum) {
    return new RecordedResponse(
        count,
        sum.requestCount(),
        sum.inputTokens(),
        sum.outputTokens(),
        sum.cost().stripTrailingZeros());
  }
}
