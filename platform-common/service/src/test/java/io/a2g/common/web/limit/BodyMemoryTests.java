package io.a2g.common.web.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyMemoryTests {

  private final BodyMemory memory = new BodyMemory(100);

  @Test
  void clientHasHalf() {
    assertThat(memory.take("a", 30)).isTrue();
    assertThat(memory.take("a", 21)).isFalse();
    assertThat(memory.take("a", 20)).isTrue();
    assertThat(memory.take("a", 1)).isFalse();
    assertThat(memory.take("b", 50)).isTrue();
  }

  @Test
  void allTogetherHaveAll() {
    assertThat(memory.take("a", 40)).isTrue();
    assertThat(memory.take("b", 40)).isTrue();
    assertThat(memory.take("c", 21)).isFalse();
    assertThat(memory.take("c", 20)).isTrue();
  }

  @Test
  void whatIsGivenBackIsThereAgain() {
    memory.take("a", 30);
    memory.take("a", 20);

    memory.release("a", 30);

    assertThat(memory.take("a", 31)).isFalse();
    assertThat(memory.take("a", 30)).isTrue();
  }
}
