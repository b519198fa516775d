package io.a2g.agent.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a2g.common.error.InvalidRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class MetadataTests {

  @Test
  void absentMetadataIsEmpty() {
    assertThat(Metadata.of("metadata", null).isEmpty()).isTrue();
    assertThat(of("{}").isEmpty()).isTrue();
    assertThat(of("{\"a\":null}").isEmpty()).isFalse();
  }

  @Test
  void sizeIsThatOfTheTextInUtf8() {
    assertThat(of(text("가".repeat(5_000))).json()).contains("가가");
    refused(text("가".repeat(5_500)));
    refused(text("x".repeat(16_384)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": \"x\\u0000\"}",
        "{\"a\\u0000\": 1}",
        "{\"a\": [{\"b\": \"\\ud800\"}]}",
        "{\"a\": [1, 1e999]}",
        "{\"a\": -1e999}"
      })
  void whatPostgresqlCannotStoreIsRefused(String json) {
    refused(json);
  }

  private static String text(String value) {
    return "{\"a\":\"" + value + "\"}";
  }

  private static Metadata of(String json) {
    return Metadata.of("metadata", (ObjectNode) JsonMapper.shared().readTree(json));
  }

  private static void refused(String json) {
    assertThatExceptionOfType(InvalidRequest.class)
        .isThrownBy(() -> of(json))
        .satisfies(
            failure -> assertThat(failure.errors().getFirst().field()).isEqualTo("metadata"));
  }
}
