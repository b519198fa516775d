package io.a2g.chat.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.error.InvalidRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.txt",
        "보고서 (1).md",
        "🙂.png",
        ".txt",
        "a..b.txt",
        "a;\"b'.csv",
        "%2e%2e%2f.txt"
      })
  void requireKeepsOrdinaryNamesAsTheyAre(String name) {
    assertThat(FileName.require(name)).isEqualTo(name);
  }

  @Test
  void requireComposesWhatMacOsTakesApart() {
    assertThat(FileName.require("\u1112\u1161\u11ab.txt")).isEqualTo("한.txt");
    assertThat(FileName.require("e\u0301".repeat(255))).isEqualTo("é".repeat(255));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "..",
        "...",
        "/etc/passwd",
        "../a.txt",
        "a/b.txt",
        "C:\\a.txt",
        "..\\a.txt",
        "a\u0000.txt",
        "a\n.txt",
        "a\r\nX-Header: b.txt",
        "a\t.txt",
        "a\u007f.txt",
        "a\u0085.txt",
        "a\u2028.txt",
        "a\u202etxt.exe",
        "a\u2066.txt",
        "a\ud800.txt",
        "a\ufffd.txt",
      })
  void requireRefusesWhatCouldMislead(String name) {
    assertThatThrownBy(() -> FileName.require(name)).isInstanceOf(InvalidRequest.class);
  }

  @Test
  void requireCountsCharactersNotBytes() {
    assertThat(FileName.require("🙂".repeat(255))).hasSize(510);
    assertThatThrownBy(() -> FileName.require("x".repeat(256))).isInstanceOf(InvalidRequest.class);
  }
}
