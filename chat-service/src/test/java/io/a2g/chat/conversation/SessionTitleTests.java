package io.a2g.chat.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTitleTests {

  @Test
  void ofAShortMessageIsTheMessage() {
    assertThat(SessionTitle.of("서울 날씨 알려줘")).isEqualTo("서울 날씨 알려줘");
  }

  @Test
  void ofALongMessageIsItsFirstFiftyCharacters() {
    assertThat(SessionTitle.of("0123456789".repeat(9))).isEqualTo("0123456789".repeat(5));
  }

  @Test
  void ofCharactersBeyondTheBasicPlaneCutsNoneInHalf() {
    assertThat(SessionTitle.of("🙂".repeat(60))).isEqualTo("🙂".repeat(50));
  }

  @Test
  void ofSeveralLinesIsOneLine() {
    assertThat(SessionTitle.of("\n\n# Plan\r\nfirst\tsecond")).isEqualTo("# Plan  first second");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n\t", "\u0001"})
  void ofNothingToReadIsNone(String content) {
    assertThat(SessionTitle.of(content)).isNull();
  }
}
