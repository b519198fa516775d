package io.a2g.common.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.error.ProblemException;
import io.a2g.common.json.StrictJson;
import jakarta.validation.Validation;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MergePatchTests {

  private static final Thing THING =
      new Thing("a", "b", List.of("x", "y"), Map.of("k", 1, "deep", Map.of("l", 2, "m", 3)));

  private final JsonMapper mapper = mapper();
  private final MergePatch patches =
      new MergePatch(mapper, Validation.buildDefaultValidatorFactory().getValidator());

  record Thing(
      @NotNull @Size(max = 3) String firstName,
      @Nullable String lastName,
      List<String> tags,
      Map<String, Object> metadata) {}

  @Test
  void whatThePatchLeavesOutStays() {
    assertThat(apply("{}")).isEqualTo(THING);
    assertThat(apply("{\"first_name\":\"c\"}"))
        .isEqualTo(new Thing("c", "b", THING.tags(), THING.metadata()));
  }

  @Test
  void nullClearsAndListsAreReplaced() {
    assertThat(apply("{\"last_name\":null,\"tags\":[\"z\"]}"))
        .isEqualTo(new Thing("a", null, List.of("z"), THING.metadata()));
  }

  @Test
  void nestedObjectsAreMergedAndNullRemovesAMember() {
    assertThat(apply("{\"metadata\":{\"k\":null,\"deep\":{\"l\":null,\"n\":4}}}").metadata())
        .isEqualTo(Map.of("deep", Map.of("m", 3, "n", 4)));
  }

  @Test
  void resultIsReadAndValidatedAsStrictlyAsANewBody() {
    assertProblem("{\"first_name\":null}", "validation_failed", "first_name");
    assertProblem("{\"first_name\":\"long\"}", "validation_failed", "first_name");
    assertProblem("{\"first_name\":5}", "invalid_body", "first_name");
    assertProblem("{\"owner\":5}", "invalid_body", "owner");
    assertProblem("{\"last_name\":\"\\u0000\"}", "invalid_body", "last_name");
    assertThatThrownBy(() -> apply("[]")).isInstanceOf(ProblemException.class);
  }

  @Test
  void storedValueThatBreaksARuleStaysAndOthersChange() {
    Thing old = new Thing("older than the rule", "b", List.of(), Map.of());

    assertThat(patches.apply(old, mapper.readTree("{\"last_name\":\"c\"}")))
        .isEqualTo(new Thing("older than the rule", "c", List.of(), Map.of()));
    assertThatThrownBy(() -> patches.apply(old, mapper.readTree("{\"first_name\":\"long\"}")))
        .isInstanceOf(ProblemException.class);
  }

  private Thing apply(String patch) {
    return patches.apply(THING, mapper.readTree(patch));
  }

  private void assertProblem(String patch, String code, String field) {
    assertThatThrownBy(() -> apply(patch))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.type().code()).isEqualTo(code);
              assertThat(problem.errors()).anyMatch(error -> error.field().equals(field));
            });
  }

  private static JsonMapper mapper() {
    JsonMapper.Builder builder = JsonMapper.builder();
    new StrictJson().customize(builder);
    return builder.build();
  }
}
