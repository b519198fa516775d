package io.a2g.common.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTests {

  @Test
  void generateDrawsKeysThatParse() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      ApiKey key = ApiKey.generate();

      assertThat(key.text()).matches("a2g_[0-9A-Za-z]{36}");
      assertThat(ApiKey.parse(key.text())).contains(key);
      assertThat(seen.add(key.text())).isTrue();
    }
  }

  // The CRC-32 of "a2g_" and 30 characters was computed with zlib, not with this code.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a2g_0123456789ABCDEFGHIJKLMNOPQRST43wQ7v",
        "a2g_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz3etAvh",
      })
  void parseOfAKnownKeySucceeds(String text) {
    assertThat(ApiKey.parse(text)).isPresent();
  }

  @Test
  void parseWithOneCharacterChangedFails() {
    String text = ApiKey.generate().text();
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'x' ? 'y' : 'x';

      assertThat(ApiKey.parse(text.substring(0, i) + other + text.substring(i + 1))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a2g_",
        "a2g_0123456789ABCDEFGHIJKLMNOPQRST43wQ7v ",
        "A2G_0123456789ABCDEFGHIJKLMNOPQRST43wQ7v",
        "a2g_0123456789ABCDEFGHIJKLMNOPQRS가43wQ7v",
      })
  void parseOfAnythingElseFails(String text) {
    assertThat(ApiKey.parse(text)).isEmpty();
  }

  @Test
  void toStringDoesNotTellTheKey() {
    ApiKey key = ApiKey.generate();

    assertThat(key.toString()).isEqualTo("a2g_…" + key.lastFour()).hasSize(9);
    assertThat(key.sha256()).hasSize(32);
  }
}
