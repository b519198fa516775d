package io.a2g.tracing.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionPropertiesTests {

  @Test
  void oldestLogIsSomeCalendarMonthsAgo() {
    var properties = new RetentionProperties(Period.parse("P6M"));

    assertThat(properties.oldestLog(Instant.parse("2026-08-31T12:00:00Z")))
        .isEqualTo("2026-02-28T12:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"P1D", "P2W", "P1Y", "P1M"})
  void anyPeriodOfADayOrMoreIsTaken(String period) {
    assertThat(new RetentionProperties(Period.parse(period)).logs())
        .isEqualTo(Period.parse(period));
  }

  @ParameterizedTest
  @ValueSource(strings = {"P0D", "P-6M", "-P1Y", "P1M-60D"})
  void periodsThatWouldRemoveEverythingAreRefused(String period) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetentionProperties(Period.parse(period)))
        .withMessageContaining("LOG_RETENTION");
  }
}
