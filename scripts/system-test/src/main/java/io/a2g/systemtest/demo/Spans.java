package io.a2g.systemtest.demo;

import io.a2g.systemtest.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Measures steps as they happen: a step begun inside another one is its child. */
final class Spans {

  private final List<Span> finished = new ArrayList<>();
  private final Deque<String> open = new ArrayDeque<>();
  // One clock for all: the wall clock alone may jump, and may be coarser than a step.
  private final Instant began = Instant.now();
  private final long beganNanos = System.nanoTime();

  /** What a running step may say about itself. */
  interface Details {
    void add(Object... namesAndValues);
  }

  /** Runs and measures a step, and gives back what it gave. */
  <T> T measure(String name, String type, Function<Details, T> step) {
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
    String parent = open.isEmpty() ? "" : open.element();
    var details = new ArrayList<Object>();
    open.push(id);
    long from = System.nanoTime();
    try {
      return step.apply(namesAndValues -> details.addAll(List.of(namesAndValues)));
    } finally {
      long nanos = System.nanoTime() - from;
      open.pop();
      Instant start = began.plusNanos(from - beganNanos).truncatedTo(ChronoUnit.MICROS);
      JsonNode attributes = Json.object(details.toArray());
      finished.add(new Span(id, parent, name, type, start, nanos, attributes));
    }
  }

  /** The id of the step that runs now. */
  String current() {
    return open.element();
  }

  /** The finished steps, in the order of their ends. */
  List<Span> finished() {
    return List.copyOf(finished);
  }
}
