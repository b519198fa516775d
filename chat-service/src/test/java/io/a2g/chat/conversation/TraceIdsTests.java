package io.a2g.chat.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TraceIdsTests {

  private static final Instant NOW = Instant.parse("2026-11-20T09:00:00.123Z");

  @Test
  void nextBeginsWithTheTimeInMilliseconds() {
    String id = idsAt(NOW).next();

    assertThat(id).matches("[0-9a-f]{32}");
    assertThat(Long.parseLong(id.substring(0, 12), 16)).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void nextNeverRepeatsWithinAMillisecond() {
    TraceIds ids = idsAt(NOW);

    assertThat(Stream.generate(ids::next).limit(10_000)).doesNotHaveDuplicates();
  }

  @Test
  void nextAscendsWithTime() {
    assertThat(idsAt(NOW).next()).isLessThan(idsAt(NOW.plusMillis(1)).next());
  }

  private static TraceIds idsAt(Instant time) {
    return new TraceIds(Clock.fixed(time, ZoneOffset.UTC));
  }
}
