package io.a2g.admin.usage.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a2g.admin.usage.GroupKey;
import io.a2g.common.error.ProblemException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageParametersTests {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

  @Test
  void daysDefaultToTheLastThirty() {
    var days = UsageParameters.days(null, null, TODAY);

    assertThat(days.from()).isEqualTo("2026-10-22");
    assertThat(days.to()).isEqualTo(TODAY);
  }

  @Test
  void daysMayBeOneOrFourHundred() {
    assertThat(UsageParameters.days(TODAY, TODAY, TODAY).from()).isEqualTo(TODAY);
    assertThat(UsageParameters.days(TODAY.minusDays(399), TODAY, TODAY).to()).isEqualTo(TODAY);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21, 2026-11-20",
    "2025-10-16, 2026-11-20",
    "1999-12-31, 2000-01-02",
    "9999-12-31, +10000-01-01",
  })
  void otherRangesAreRefused(LocalDate from, LocalDate to) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> UsageParameters.days(from, to, TODAY))
        .satisfies(problem -> assertThat(problem.type().code()).isEqualTo("invalid_parameter"));
  }

  @Test
  void groupsComeInOneOrderWhateverTheRequests() {
    assertThat(UsageParameters.groups("model,day,user"))
        .containsExactly(GroupKey.DAY, GroupKey.USER, GroupKey.MODEL);
    assertThat(UsageParameters.groups(null)).containsExactly(GroupKey.DAY);
    assertThat(UsageParameters.groups("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hour", "DAY", "day,day", "day,", ",day", "day user", "1", "day;drop"})
  void otherGroupsAreRefused(String text) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> UsageParameters.groups(text))
        .satisfies(
            problem -> assertThat(problem.errors().getFirst().field()).isEqualTo("group_by"));
  }
}
