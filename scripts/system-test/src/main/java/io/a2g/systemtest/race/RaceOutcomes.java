package io.a2g.systemtest.race;

import io.a2g.systemtest.Failure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How often each request of a race was answered with each status. */
final class RaceOutcomes {

  private final Map<String, AtomicInteger> counts = new ConcurrentSkipListMap<>();

  void add(String what, int status) {
    counts.computeIfAbsent(what + ": " + status, first -> new AtomicInteger()).incrementAndGet();
  }

  void print() {
    counts.forEach((outcome, count) -> System.out.printf("%-63s %7d%n", outcome, count.get()));
  }

  /** By request and status, in the order of their names. */
  Map<String, AtomicInteger> counts() {
    return counts;
  }

  /** A race in which nothing succeeds, or nothing is refused, proves nothing. */
  void requireWork(int operations) {
    int least = Math.max(1, operations / 1_000);
    for (String outcome :
        List.of(
            "create user: 201",
            "create agent: 201",
            "create session: 201",
            "create trace: 201",
            "delete user: 204",
            "delete user with hand-over: 204",
            "delete agent: 204",
            "delete session: 204",
            "create agent: 422",
            "create session: 422",
            "delete user: 409",
            "upload file: 201",
            "upload file: 422",
            "create trace of session: 201",
            "create trace of session: 422")) {
      int count = counts.getOrDefault(outcome, new AtomicInteger()).get();
      Failure.unless(count >= least, "%s: %d times, at least %d wanted", outcome, count, least);
    }
  }
}
