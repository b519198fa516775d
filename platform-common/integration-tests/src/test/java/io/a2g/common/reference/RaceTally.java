package io.a2g.common.reference;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** How often each operation of a race ended in which way. */
final class RaceTally {

  private record Cell(RaceOperation operation, RaceOutcome outcome) {}

  private final Map<Cell, Integer> counts = new ConcurrentHashMap<>();

  void add(RaceOperation operation, RaceOutcome outcome) {
    counts.merge(new Cell(operation, outcome), 1, Integer::sum);
  }

  int count(RaceOperation operation, RaceOutcome outcome) {
    return counts.getOrDefault(new Cell(operation, outcome), 0);
  }

  int count(RaceOutcome outcome) {
    return Stream.of(RaceOperation.values()).mapToInt(operation -> count(operation, outcome)).sum();
  }

  int total() {
    return Stream.of(RaceOutcome.values()).mapToInt(this::count).sum();
  }

  /** A table with a line for each operation. */
  @Override
  public String toString() {
    var text = new StringBuilder("%-16s".formatted(""));
    for (RaceOutcome outcome : RaceOutcome.values()) {
      text.append("%22s".formatted(outcome));
    }
    for (RaceOperation operation : RaceOperation.values()) {
      text.append("%n%-16s".formatted(operation));
      for (RaceOutcome outcome : RaceOutcome.values()) {
        text.append("%22d".formatted(count(operation, outcome)));
      }
    }
    return text.toString();
  }
}
