package io.a2g.common.json;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class NameTests {

  private final JsonMapper mapper = strictMapper();
  private final Validator validator = Validation.buildDefaultValidatorFactory().getValidator();

  private record Thing(@Name @Nullable String name) {}

  @Test
  void blanksAtTheEndsGoAndCharactersAreComposed() {
    assertThat(read(" \\t\u3000Cafe\u0301 au lait\\n ").name()).isEqualTo("Caf\u00e9 au lait");
  }

  @Test
  void absentNameIsValid() {
    assertThat(validator.validate(mapper.readValue("{}", Thing.class))).isEmpty();
    assertThat(validator.validate(mapper.readValue("{\"name\":null}", Thing.class))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "7",
        "\ud55c\uae00",
        "\ud83d\ude42",
        "\ud83d\udc69\u200d\ud83d\udcbb", // a woman, joined with a computer
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", // Persian, with a non-joiner
        "\u0915\u094d\u200d\u0937"
      })
  void visibleNameIsValid(String name) {
    assertThat(validator.validate(read(name))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u202e", // right-to-left override
        "a\u202eb",
        "a\u200bb", // zero-width space
        "\ufeffa",
        "\u00ada", // soft hyphen
        "a\\nb",
        "a\u2028b",
        "a\\u0007",
        "\u200d",
        "\u3164", // Hangul filler
        "\u0301"
      })
  void nameThatMisleadsOrShowsNothingIsNot(String name) {
    assertThat(validator.validate(read(name))).hasSize(1);
  }

  private Thing read(String name) {
    return mapper.readValue("{\"name\":\"" + name + "\"}", Thing.class);
  }

  private static JsonMapper strictMapper() {
    JsonMapper.Builder builder = JsonMapper.builder();
    new StrictJson().customize(builder);
    return builder.build();
  }
}
