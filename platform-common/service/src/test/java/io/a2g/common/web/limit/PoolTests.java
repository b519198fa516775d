package io.a2g.common.web.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.deadline.RequestDeadline;
import io.a2g.common.web.limit.Pool.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolTests {

  private static final int PLACES = 8;

  private final Pool pool = Pool.shared(PLACES);

  @Test
  void credentialHasAQuarter() throws InterruptedException {
    assertThat(entered(10, "a", "key")).isEqualTo(PLACES / 4);
    assertThat(entered(10, "b", "key")).isZero();
    assertThat(entered(1, "a", "other")).isEqualTo(1);
  }

  @Test
  void addressHasHalf() throws InterruptedException {
    int entered = 0;
    for (int i = 0; i < PLACES; i++) {
      entered += entered(1, "a", "key " + i);
    }

    assertThat(entered).isEqualTo(PLACES / 2);
    assertThat(entered(1, "b", "key 0")).isEqualTo(1);
  }

  @Test
  void userHasAQuarterOverAllCredentials() throws InterruptedException {
    assertThat(named("key 1")).isTrue();
    assertThat(named("key 2")).isTrue();
    assertThat(named("key 3")).isFalse();
  }

  @Test
  void allTogetherHaveAllPlaces() throws InterruptedException {
    int entered = 0;
    for (int i = 0; i < 2 * PLACES; i++) {
      entered += entered(1, "address " + i, "key " + i);
    }

    assertThat(entered).isEqualTo(PLACES);
  }

  @Test
  void refusedVisitorTakesNothingFromOthers() throws InterruptedException {
    entered(PLACES / 4, "a", "key");
    entered(10, "a", "key");

    assertThat(entered(10, "a", "other")).isEqualTo(PLACES / 4);
  }

  @Test
  void visitorWhoWaitsForTheOwnShareTakesNothingFromOthers() throws InterruptedException {
    entered(PLACES / 4, "a", "key");
    List<Thread> waiting = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      waiting.add(Thread.ofPlatform().start(() -> waitFor("a", "key")));
    }
    for (Thread each : waiting) {
      while (each.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
    }

    assertThat(entered(10, "a", "other")).isEqualTo(PLACES / 4);

    for (Thread each : waiting) {
      each.interrupt();
      each.join();
    }
    assertThat(entered(1, "b", "key")).isZero();
  }

  private void waitFor(String address, String credential) {
    try {
      pool.tryEnter(new Visitor(address, List.of(credential)), Duration.ofMinutes(1).toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void placeGivenBackIsTakenAgain() throws InterruptedException {
    var visitor = new Visitor("a", List.of("key"));
    entered(PLACES / 4, "a", "key");

    pool.leave(visitor);

    assertThat(entered(10, "a", "key")).isEqualTo(1);
  }

  @Test
  void longAnswerGivesTheTurnBackUntilTooManyAreOnTheirWay() throws InterruptedException {
    Pool streams = Pool.shared(4);
    Turn first = turn(streams);
    Turn second = turn(streams);
    assertThat(entered(1, "a", "key")).isZero();

    first.becomeStream();
    second.becomeStream();

    assertThat(entered(2, "a", "key")).isEqualTo(1);
    first.end();
    second.end();
    assertThat(entered(2, "a", "key")).isEqualTo(1);
  }

  @Test
  void turnThatHasEndedIsNotGivenBackAgain() throws InterruptedException {
    Pool streams = Pool.shared(4);
    Turn turn = turn(streams);
    turn.end();

    turn.becomeStream();

    assertThat(streams.tryEnter(new Visitor("a", List.of("key")), 0)).isTrue();
    assertThat(entered(10, "a", "key")).isEqualTo(PLACES / 4);
  }

  private Turn turn(Pool streams) throws InterruptedException {
    var visitor = new Visitor("a", List.of("key"));
    assertThat(pool.tryEnter(visitor, 0)).isTrue();
    try (RequestDeadline deadline = RequestDeadline.begin(Duration.ofSeconds(10))) {
      return new Turn(pool, visitor, streams, deadline);
    }
  }

  private boolean named(String credential) throws InterruptedException {
    var visitor = new Visitor("address of " + credential, List.of(credential));
    assertThat(pool.tryEnter(visitor, 0)).isTrue();
    try (RequestDeadline deadline = RequestDeadline.begin(Duration.ofSeconds(10))) {
      return new Turn(pool, visitor, pool, deadline).belongsTo("user");
    }
  }

  private int entered(int times, String address, String credential) throws InterruptedException {
    int entered = 0;
    for (int i = 0; i < times; i++) {
      if (pool.tryEnter(new Visitor(address, List.of(credential)), 0)) {
        entered++;
      }
    }
    return entered;
  }
}
