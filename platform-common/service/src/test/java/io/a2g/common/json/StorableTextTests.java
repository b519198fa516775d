package io.a2g.common.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableTextTests {

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "가나다", "😀", "a😀b", "\n\t"})
  void ordinaryTextIsStorable(String text) {
    assertThat(StorableText.isStorable(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "a\0b", "\ud83d", "a\ud83db", "\ude00", "\ude00\ud83d"})
  void nulAndHalvesOfPairsAreNot(String text) {
    assertThat(StorableText.isStorable(text)).isFalse();
  }
}
