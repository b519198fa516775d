package io.a2g.agent.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingLayoutTests {

  @ParameterizedTest
  @CsvSource({"0.5.1, false", "0.7.4, false", "0.8.0, true", "0.10, true", "1.0.0, true"})
  void iterativeScansCameWith08(String version, boolean expected) {
    assertThat(new EmbeddingLayout.Pgvector("public", version).scansIteratively())
        .isEqualTo(expected);
  }
}
