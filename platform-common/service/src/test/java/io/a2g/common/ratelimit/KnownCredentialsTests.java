package io.a2g.common.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KnownCredentialsTests {

  private final AtomicLong time = new AtomicLong();
  private final KnownCredentials known = new KnownCredentials(time::get);

  @Test
  void credentialInUseStaysKnownAndAnUnusedOneIsForgotten() {
    known.add("used");
    known.add("unused");

    for (int minutes = 0; minutes < 30; minutes += 9) {
      time.addAndGet(Duration.ofMinutes(9).toNanos());
      assertThat(known.contains("used")).isTrue();
    }

    assertThat(known.contains("unused")).isFalse();
    known.remove("used");
    assertThat(known.contains("used")).isFalse();
  }
}
