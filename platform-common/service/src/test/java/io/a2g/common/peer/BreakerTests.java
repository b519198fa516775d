package io.a2g.common.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerTests {

  private final AtomicLong now = new AtomicLong();
  private final Breaker breaker = new Breaker(now::get);

  @Test
  void fewFailuresStopNothing() {
    fail(4);

    assertThat(breaker.tryPass()).isTrue();
  }

  @Test
  void successStartsTheCountAgain() {
    fail(4);
    breaker.succeeded();
    fail(4);

    assertThat(breaker.tryPass()).isTrue();
  }

  @Test
  void afterFiveFailuresOneCallTriesPerPause() {
    fail(5);

    assertThat(breaker.tryPass()).isFalse();
    now.addAndGet(Duration.ofSeconds(5).toNanos());
    assertThat(breaker.tryPass()).isTrue();
    assertThat(breaker.tryPass()).as("the first one's outcome is not known").isFalse();
  }

  @Test
  void outcomeOfTheTryDecides() {
    fail(5);
    now.addAndGet(Duration.ofSeconds(5).toNanos());
    breaker.tryPass();
    breaker.failed();
    assertThat(breaker.tryPass()).isFalse();

    now.addAndGet(Duration.ofSeconds(5).toNanos());
    breaker.tryPass();
    breaker.succeeded();
    assertThat(breaker.tryPass()).isTrue();
    assertThat(breaker.tryPass()).isTrue();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed();
    }
  }
}
