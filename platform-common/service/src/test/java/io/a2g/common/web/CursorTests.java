package io.a2g.common.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTests {

  @Test
  void decodeOfEncodedPositionGivesItsKeys() {
    Instant time = Instant.parse("2026-11-20T10:00:00.123456Z");
    String text = Cursor.of("logs?level=WARN", time, 42L, "가 b").encode();

    Cursor cursor = Cursor.decode("logs?level=WARN", text, 3);

    assertThat(cursor.instant(0)).isEqualTo(time);
    assertThat(cursor.number(1)).isEqualTo(42);
    assertThat(cursor.text(2)).isEqualTo("가 b");
  }

  @Test
  void decodeForAnotherListOrOtherFiltersIsRefused() {
    String text = Cursor.of("logs?level=WARN", 1L).encode();

    assertInvalid(() -> Cursor.decode("logs?level=INFO", text, 1));
    assertInvalid(() -> Cursor.decode("logs?level=WARN", text, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "AAAA", "AAAAAAAA", "!", "=", "a b", "....", "가"})
  void decodeOfAnythingElseIsRefused(String text) {
    assertInvalid(() -> Cursor.decode("logs", text, 1));
  }

  @Test
  void decodeOfAHugeTextIsRefused() {
    assertInvalid(() -> Cursor.decode("logs", "A".repeat(1_000_000), 1));
  }

  @Test
  void keyOfTheWrongKindIsRefused() {
    Cursor cursor = Cursor.of("logs", "x", "+1000000000-01-01T00:00:00Z");

    assertInvalid(() -> cursor.number(0));
    assertInvalid(() -> cursor.instant(0));
    assertInvalid(() -> cursor.instant(1));
  }

  private static void assertInvalid(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_CURSOR));
  }
}
