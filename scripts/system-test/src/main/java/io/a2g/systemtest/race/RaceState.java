package io.a2g.systemtest.race;

import io.a2g.systemtest.Answer;
import io.a2g.systemtest.Service;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** What all threads of a race know of what is there. */
final class RaceState {

  private static final int HOT = 6;

  final Rows users = new Rows("user", Service.USER, "/api/v1/users");
  final Rows agents = new Rows("agent", Service.AGENT, "/api/v1/agents");
  final Rows sessions = new Rows("session", Service.CHAT, "/api/v1/chat-sessions");
  final Rows files = new Rows("file", Service.CHAT, "/api/v1/files");
  // A file is its caller's own, so users who are deleted meanwhile have to send some themselves.
  final Map<Long, String> keys = new ConcurrentHashMap<>();
  final Map<Long, OpenSession> open = new ConcurrentHashMap<>();
  private final AtomicInteger left;
  private final AtomicInteger numbers = new AtomicInteger();

  /**
   * Begins a race.
   *
   * @param operations how many requests are sent, those not counted that belong to another one
   */
  RaceState(int operations) {
    this.left = new AtomicInteger(operations);
  }

  /** Whether there is another operation to be done; counts it. */
  boolean takeOperation() {
    return left.getAndDecrement() > 0;
  }

  /** A number that is new in this race, from 1 on. */
  int number() {
    return numbers.incrementAndGet();
  }

  /** What others have to know of a session: whose it is, and the trace that it can have. */
  record OpenSession(long user, String traceId) {}

  /**
   * One kind of row, and the few of them that everybody works on just now.
   *
   * @param hot their ids; 0 until there is one
   */
  record Rows(String name, Service service, String path, AtomicLongArray hot) {

    Rows(String name, Service service, String path) {
      this(name, service, path, new AtomicLongArray(HOT));
    }

    long any(SplittableRandom random) {
      return hot.get(random.nextInt(HOT));
    }

    /** Makes a created row one of the few, and returns its id. */
    long add(SplittableRandom random, Answer created) {
      long id = created.json().path("id").asLong();
      hot.set(random.nextInt(HOT), id);
      return id;
    }
  }
}
