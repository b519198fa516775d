package io.a2g.common.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Many threads that do whatever comes to their minds, on two instances of every service. */
final class Race {

  private static final int THREADS = 16;

  private final RaceWorkload workload;
  private final RaceTally tally = new RaceTally();

  Race(Replicas replicas, RaceRules rules) {
    this.workload = new RaceWorkload(replicas, rules);
  }

  RaceTally tally() {
    return tally;
  }

  long purgedRows() {
    return workload.purgedRows();
  }

  /** Does so many operations; fails with what was neither success nor an expected refusal. */
  void run(int operations) throws Exception {
    var left = new AtomicInteger(operations);
    List<Callable<Integer>> racers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      var random = new SplittableRandom(i);
      racers.add(() -> race(left, random));
    }
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<Integer> racer : threads.invokeAll(racers)) {
        racer.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("an operation failed in an unexpected way", e.getCause());
    }
  }

  private int race(AtomicInteger left, SplittableRandom random) {
    int done = 0;
    while (left.getAndDecrement() > 0) {
      RaceOperation operation = RaceOperation.any(random);
      tally.add(operation, outcome(operation, random));
      done++;
    }
    return done;
  }

  private RaceOutcome outcome(RaceOperation operation, SplittableRandom random) {
    try {
      return workload.run(operation, random);
    } catch (RuntimeException refusal) {
      return RaceOutcome.of(refusal);
    }
  }
}
