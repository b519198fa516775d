package io.a2g.common.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTests {

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"\"7\"", "*", "\"1\", \"7\"", "\"1\",\"7\""})
  void requireMatchWithTheCurrentTagPasses(@Nullable String ifMatch) {
    assertThatCode(() -> EntityTags.requireMatch(ifMatch, 7)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"6\"", "W/\"7\"", "\"07\""})
  void requireMatchWithAnotherTagIs412(String ifMatch) {
    assertThat(typeOf(ifMatch)).isEqualTo(ProblemType.PRECONDITION_FAILED);
  }

  @Test
  void requireMatchWithSomethingElseIs400() {
    assertThat(typeOf("7")).isEqualTo(ProblemType.INVALID_REQUEST);
  }

  private static ProblemType typeOf(String ifMatch) {
    var thrown = new ProblemException[1];
    assertThatThrownBy(() -> EntityTags.requireMatch(ifMatch, 7))
        .isInstanceOfSatisfying(ProblemException.class, problem -> thrown[0] = problem);
    return thrown[0].type();
  }
}
