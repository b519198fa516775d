package io.a2g.agent.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.a2g.common.error.InvalidRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingTests {

  @Test
  void vectorKnowsItsLengthAndReadsAsText() {
    Embedding embedding = Embedding.of("embedding", new float[] {3, -4}, 2);

    assertThat(embedding.norm()).isEqualTo(5);
    assertThat(embedding.toVectorText()).isEqualTo("[3.0,-4.0]");
    assertThat(embedding.toDoubles()).containsExactly(3, -4);
  }

  @Test
  void shortAndLongVectorsAreTakenAsLongAsTheirSquaresFit() {
    assertThat(Embedding.of("e", new float[] {1e-14f, 0}, 2).norm())
        .isCloseTo(1e-14, within(1e-20));
    assertThat(Embedding.of("e", new float[] {0, 9e14f}, 2).norm()).isCloseTo(9e14, within(1e9));
    refused("e", 0, 0);
    refused("e", 1e-30f, 0);
    refused("e", 1e30f, 1e30f);
  }

  @Test
  void vectorOfAnotherLengthIsRefused() {
    refused("e");
    refused("e", 1);
    refused("e", 1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void numberThatIsNoneIsNamed(float number) {
    refused("e[1]", 1, number);
  }

  private static void refused(String field, float... values) {
    assertThatExceptionOfType(InvalidRequest.class)
        .isThrownBy(() -> Embedding.of("e", values, 2))
        .satisfies(failure -> assertThat(failure.errors().getFirst().field()).isEqualTo(field));
  }
}
