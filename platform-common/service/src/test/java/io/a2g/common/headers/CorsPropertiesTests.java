package io.a2g.common.headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsPropertiesTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "https://*",
        "https://*.example",
        "https://portal.example/",
        "https://portal.example/path",
        "https://u:p@portal.example",
        "portal.example",
        "null",
        "file:///x",
        "https://a b"
      })
  void onlyExactOriginsAreTaken(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CorsProperties(List.of(text)))
        .withMessageContaining("A2G_CORS_ORIGINS");
  }

  @Test
  void emptyMeansNone() {
    assertThat(new CorsProperties(List.of("", " ")).origins()).isEmpty();
    assertThat(new CorsProperties(List.of(" https://portal.example:8443 ")).origins())
        .containsExactly("https://portal.example:8443");
  }
}
