package io.a2g.admin.model.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUrlValidatorTests {

  private final HttpUrlValidator validator = new HttpUrlValidator();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:11434",
        "https://api.example.com/v1",
        "HTTPS://EXAMPLE.COM",
        "http://10.0.0.1:8000/v1?a=b",
        "http://[::1]:8000/",
      })
  void addressOfAProviderIsValid(String url) {
    assertThat(validator.isValid(url, null)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "example.com",
        "ftp://example.com",
        "http:///v1",
        "http://:80",
        "http:example.com",
        "https://user:secret@example.com",
        "https://user@example.com",
        "https://exa mple.com",
        "http://exa_mple\n.com",
        "javascript:alert(1)",
      })
  void anythingElseIsNot(String url) {
    assertThat(validator.isValid(url, null)).isFalse();
  }

  @Test
  void absentIsValid() {
    assertThat(validator.isValid(null, null)).isTrue();
  }
}
