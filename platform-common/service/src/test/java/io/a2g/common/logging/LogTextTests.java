package io.a2g.common.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTextTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a2g_0123456789ABCDEFGHIJKLMNOPQRST37KhlC | a2g_***
          GET /x?k=a2g%5F0123456789ABCDEFGHIJKLMNOPQRST37KhlC | GET /x?k=a2g_***
          eyJhbGciOi.eyJzdWIiOi.c2ln | ***
          basic dXNlcjpwYXNzd29yZA== | basic ***
          http://user:secret@host/path | http://user:***@host/path
          postgresql://u:p@ss@host:5432/db | postgresql://u:***@host:5432/db
          password=abc&next=1 | password=***&next=1
          {"client_secret": "abc", "a": 1} | {"client_secret": "***", "a": 1}
          A2G_SERVICE_TOKEN=abc | A2G_SERVICE_TOKEN=***
          """)
  void secretsAreHidden(String text, String expected) {
    assertThat(LogText.line(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Started UserServiceApplication in 2.1 seconds",
        "Send an API key as Authorization: Bearer a2g_…",
        "the token is not valid",
        "http://127.0.0.1:8001/api/v1/users?limit=5",
        "한글\tand a tab",
        "1:2@3",
      })
  void otherTextStays(String text) {
    assertThat(LogText.line(text)).isEqualTo(text);
  }

  @Test
  void textIsCutAtAnyLength() {
    assertThat(LogText.line("x".repeat(100_000))).hasSize(16_385);
    assertThat(LogText.line(null)).isNull();
  }
}
