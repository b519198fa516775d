package io.a2g.tracing.log.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a2g.common.json.StrictJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class AttributesTests {

  private final JsonMapper mapper = strictMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":1,\"b\":[true,false,null,{\"c\":\"d\"}],\"\":\"\"}",
        "{\"text\":\"가나다 \uD83D\uDE42 \\\"quoted\\\" \\\\ \\n\"}",
        "{\"n\":[0,-1,12345678901234567890123,0.1234567890123456789,-1.50]}",
      })
  void objectIsKeptAsItIs(String json) {
    assertThat(read(json).json()).isEqualTo(json);
    assertThat(read(json).tooLarge()).isFalse();
  }

  @Test
  void blanksGoAndNumbersAreWrittenOut() {
    assertThat(read("{ \"a\" : [ 1e3, 2.5E-3 ] }").json()).isEqualTo("{\"a\":[1000,0.0025]}");
  }

  @Test
  void nullIsAnEmptyObject() {
    assertThat(mapper.readValue("[null]", Attributes[].class)).containsExactly(Attributes.NONE);
  }

  @Test
  void sizeCountsBytes() {
    String frame = "{\"a\":\"\"}";
    String largest = "x".repeat(Attributes.MAX_BYTES - frame.length());

    assertThat(read("{\"a\":\"" + largest + "\"}").tooLarge()).isFalse();
    assertThat(read("{\"a\":\"" + largest + "x\"}").tooLarge()).isTrue();
    assertThat(read("{\"a\":\"" + "가".repeat(30_000) + "\"}").tooLarge()).isTrue();
  }

  // A body of the greatest length allowed would otherwise become hundreds of megabytes.
  @Test
  void writtenOutNumbersCountAndAreNotPiledUp() {
    String body = "{\"a\":[" + "1e300,".repeat(600_000) + "1]}";

    Attributes read = read(body);

    assertThat(read.tooLarge()).isTrue();
    assertThat(read.json().length()).isLessThan(2 * Attributes.MAX_BYTES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"text\"",
        "1",
        "true",
        "[]",
        "{\"a\":\"\\u0000\"}",
        "{\"a\\u0000\":1}",
        "{\"a\":\"\\ud800\"}",
        "{\"\\udc00\":1}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{\"a\":1e1000}",
        "{\"a\":1e-1000}",
        "{\"a\":1e999999999}",
        "{\"a\":1e99999999999}",
        "{\"a\":NaN}",
        "{\"a\":1",
      })
  void anythingElseIsRefused(String json) {
    assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> read(json));
  }

  private Attributes read(String json) {
    return mapper.readValue(json, Attributes.class);
  }

  private static JsonMapper strictMapper() {
    JsonMapper.Builder builder = JsonMapper.builder();
    new StrictJson().customize(builder);
    return builder.build();
  }
}
