package io.a2g.admin.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ModelPriceTests {

  @Test
  void costCountsInputAndOutputPerMillion() {
    ModelPrice price = new ModelPrice(new BigDecimal("2.5"), new BigDecimal("10"));

    assertThat(price.costOf(1_000, 200)).isEqualByComparingTo("0.0045");
    assertThat(price.costOf(1_000_000, 1_000_000)).isEqualByComparingTo("12.5");
  }

  @Test
  void costOfAnUnknownPriceIsZero() {
    ModelPrice inputOnly = new ModelPrice(new BigDecimal("3"), null);

    assertThat(inputOnly.costOf(1_000_000, 5_000_000)).isEqualByComparingTo("3");
    assertThat(new ModelPrice(null, null).costOf(1, 1)).isEqualByComparingTo("0");
  }

  @Test
  void costHasTenDecimalsAndRoundsHalfToEven() {
    ModelPrice price = new ModelPrice(new BigDecimal("0.000150"), null);

    assertThat(price.costOf(1, 0)).isEqualByComparingTo("0.0000000002");
    assertThat(price.costOf(3, 0)).isEqualByComparingTo("0.0000000004");
    assertThat(price.costOf(1, 0).scale()).isEqualTo(10);
  }

  @Test
  void costOfTheLargestRecordIsExact() {
    ModelPrice price =
        new ModelPrice(new BigDecimal("999999.999999"), new BigDecimal("999999.999999"));

    assertThat(price.costOf(1_000_000_000_000L, 1_000_000_000_000L))
        .isEqualByComparingTo("1999999999998");
  }
}
