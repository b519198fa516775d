package io.a2g.common.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CachedCallerDirectoryTests {

  private static final Duration LONG = Duration.ofHours(1);

  private final Directory directory = new Directory();

  @Test
  void knownCallerIsAskedForOnce() {
    var cached = new CachedCallerDirectory(directory, LONG, 10);
    ApiKey key = ApiKey.generate();

    assertThat(cached.find(key)).isPresent();
    assertThat(cached.find(key)).isPresent();

    assertThat(directory.questions).hasValue(1);
  }

  @Test
  void unknownCallerIsNotRememberedAndPushesNobodyOut() {
    var cached = new CachedCallerDirectory(directory, LONG, 10);
    ApiKey known = ApiKey.generate();
    cached.find(known);
    directory.knowsEverybody = false;

    for (int guess = 0; guess < 1_000; guess++) {
      assertThat(cached.find(ApiKey.generate())).isEmpty();
    }

    assertThat(directory.questions).hasValue(1_001);
    assertThat(cached.find(known)).isPresent();
  }

  @Test
  void callerIsAskedForAgainAfterTheTime() {
    var cached = new CachedCallerDirectory(directory, Duration.ofMillis(20), 10);
    ApiKey key = ApiKey.generate();
    cached.find(key);
    directory.knowsEverybody = false;

    await().untilAsserted(() -> assertThat(cached.find(key)).isEmpty());
  }

  @Test
  void useDoesNotProlongTheTime() {
    var cached = new CachedCallerDirectory(directory, Duration.ofMillis(200), 10);
    ApiKey key = ApiKey.generate();
    cached.find(key);
    directory.knowsEverybody = false;

    // Asked all the time, it would never be forgotten if use counted.
    await()
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(() -> assertThat(cached.find(key)).isEmpty());
  }

  @Test
  void noMoreThanTheSizeAreRemembered() {
    var cached = new CachedCallerDirectory(directory, LONG, 10);
    List<ApiKey> keys = Stream.generate(ApiKey::generate).limit(500).toList();
    keys.forEach(cached::find);

    await()
        .untilAsserted(() -> {
          directory.questions.set(0);
          keys.forEach(cached::find);
          assertThat(directory.questions.get()).isGreaterThanOrEqualTo(500 - 20);
        });
  }

  @Test
  void timeThatBreaksThePromiseIsRefused() {
    assertThat(properties(Duration.ofSeconds(29))).isNotNull();
    assertThat(properties(Duration.ZERO)).isNotNull();
    for (Duration time :
        List.of(Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofSeconds(-1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> properties(time))
          .withMessageContaining("30");
    }
  }

  private static SecurityProperties properties(Duration callerCacheTime) {
    return new SecurityProperties("http://127.0.0.1:8001", callerCacheTime, true);
  }

  private static final class Directory implements CallerDirectory {

    private final AtomicInteger questions = new AtomicInteger();
    private boolean knowsEverybody = true;

    @Override
    public Optional<Caller> find(ApiKey key) {
      questions.incrementAndGet();
      return knowsEverybody
          ? Optional.of(new Caller(7, Role.USER, null, 1L, Scopes.ALL))
          : Optional.empty();
    }

    @Override
    public Optional<Caller> find(AccessToken token) {
      return Optional.empty();
    }
  }
}
