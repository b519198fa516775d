package io.a2g.common.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUrlTests {

  private final HttpUrl.Validator validator = new HttpUrl.Validator();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://agent.example",
        "https://agent.example:8443/a2a?x=1#y",
        "HTTP://10.0.0.7:9000/",
        "http://[::1]:9000/",
        "http://localhost/"
      })
  void addressOfAServerIsValid(String url) {
    assertThat(validator.isValid(url, null)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "agent.example",
        "//agent.example/",
        "/a2a",
        "http:",
        "http://",
        "http:///a2a",
        "http:agent.example",
        "ftp://agent.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://user@agent.example/",
        "http://user:secret@agent.example/",
        "http://@agent.example/",
        "http://agent example/",
        "http://agent.example/a b",
        "http://agent.example/\n",
        "http://127.1/",
        "http://agent_1.example:x/"
      })
  void anythingElseIsNot(String text) {
    assertThat(validator.isValid(text, null)).isFalse();
  }

  @Test
  void absenceIsForOthersToJudge() {
    assertThat(validator.isValid(null, null)).isTrue();
  }
}
