package io.a2g.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class BoundedJsonTests {

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
    assertThat(read(json).text()).isEqualTo(json);
  }

  @Test
  void blanksGoAndNumbersAreWrittenOut() {
    assertThat(read("{ \"a\" : [ 1e3, 2.5E-3 ] }").text()).isEqualTo("{\"a\":[1000,0.0025]}");
  }

  @Test
  void nullAndAbsentAreTheEmptyObject() {
    assertThat(mapper.readValue("[null]", BoundedJson[].class)).containsExactly(BoundedJson.EMPTY);
    assertThat(mapper.readValue("{}", Body.class).json()).isEqualTo(BoundedJson.EMPTY);
    assertThat(mapper.readValue("{\"json\":null}", Body.class).json()).isEqualTo(BoundedJson.EMPTY);
  }

  @Test
  void sizeCountsBytes() {
    assertThat(violations("x".repeat(22))).isEmpty();
    assertThat(violations("x".repeat(23)))
        .extracting(ConstraintViolation::getMessage)
        .containsExactly("may have at most 30 bytes of JSON");
    assertThat(violations("가".repeat(8))).hasSize(1);
    assertThat(violations("x".repeat(100_000))).hasSize(1);
  }

  private Set<ConstraintViolation<Body>> violations(String text) {
    return Validation.buildDefaultValidatorFactory()
        .getValidator()
        .validate(new Body(read("{\"a\":\"" + text + "\"}")));
  }

  private record Body(@BoundedJson.Size(max = 30) BoundedJson json) {}

  // A body of the greatest length allowed would otherwise become hundreds of megabytes.
  @Test
  void writtenOutNumbersCountAndAreNotPiledUp() {
    String body = "{\"a\":[" + "1e300,".repeat(600_000) + "1]}";

    BoundedJson read = read(body);

    assertThat(read.text().length())
        .isBetween(BoundedJson.MAX_BYTES + 1, 2 * BoundedJson.MAX_BYTES);
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

  private BoundedJson read(String json) {
    return mapper.readValue(json, BoundedJson.class);
  }

  private static JsonMapper strictMapper() {
    JsonMapper.Builder builder = JsonMapper.builder();
    new StrictJson().customize(builder);
    return builder.build();
  }
}
