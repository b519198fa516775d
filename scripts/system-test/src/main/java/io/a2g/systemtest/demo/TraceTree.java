package io.a2g.systemtest.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Prints log entries of one trace as an indented tree with bars scaled to time. */
final class TraceTree {

  private static final int NAME = 38; // columns
  private static final int BAR = 44;

  private final Screen screen;
  private final List<JsonNode> entries;
  private final Instant began;
  private final double totalMs;

  /**
   * Prepares the tree.
   *
   * @param entries log entries as the tracing service answered them; those with a duration are
   *     steps, those without are things that happened in one
   */
  TraceTree(Screen screen, List<JsonNode> entries) {
    this.screen = screen;
    this.entries = entries;
    JsonNode first = roots().getFirst();
    this.began = occurredAt(first);
    this.totalMs =
        entries.stream().mapToDouble(e -> offsetMs(e) + durationMs(e)).max().orElseThrow();
  }

  /** Entries without a parent. */
  private List<JsonNode> roots() {
    return steps().filter(e -> !e.hasNonNull("parent_span_id")).toList();
  }

  void print() {
    roots().forEach(root -> print(root, "", ""));
  }

  private void print(JsonNode step, String lead, String below) {
    screen.line(line(lead, step));
    events(step).forEach(event -> screen.line(eventLine(below, event)));
    var children = children(step);
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1;
      print(children.get(i), below + (last ? "└─ " : "├─ "), below + (last ? "   " : "│  "));
    }
  }

  private String line(String lead, JsonNode step) {
    String name = Screen.pad(lead + step.path("message").asString(), NAME);
    String time = "%12s".formatted(Screen.milliseconds(durationMs(step)));
    return "  " + name + " " + screen.styled(colour(step), bar(step)) + time;
  }

  private String eventLine(String below, JsonNode event) {
    String text = "· " + event.path("log_type").asString() + " " + event.path("message").asString();
    int room = Screen.WIDTH - 2;
    return "  " + screen.styled(Screen.Style.FAINT, Screen.pad(below + text, room).stripTrailing());
  }

  /** At least one mark wide, so that a short step stays visible. */
  private String bar(JsonNode step) {
    double columnsPerMs = BAR / totalMs;
    int from = Math.clamp((int) (offsetMs(step) * columnsPerMs), 0, BAR - 1);
    int length = Math.clamp(Math.round(durationMs(step) * columnsPerMs), 1, BAR - from);
    return "·".repeat(from) + "█".repeat(length) + "·".repeat(BAR - from - length);
  }

  private static Screen.Style colour(JsonNode step) {
    return switch (step.path("log_type").asString()) {
      case "LLM" -> Screen.Style.MAGENTA;
      case "TOOL_CALL" -> Screen.Style.YELLOW;
      default -> Screen.Style.BLUE;
    };
  }

  private List<JsonNode> children(JsonNode step) {
    String id = step.path("span_id").asString();
    return steps()
        .filter(e -> e.path("parent_span_id").asString().equals(id))
        .sorted(Comparator.comparing(TraceTree::occurredAt))
        .toList();
  }

  private List<JsonNode> events(JsonNode step) {
    String id = step.path("span_id").asString();
    return entries.stream()
        .filter(e -> !e.hasNonNull("duration_ms") && e.path("span_id").asString().equals(id))
        .toList();
  }

  private Stream<JsonNode> steps() {
    return entries.stream().filter(e -> e.hasNonNull("duration_ms"));
  }

  private double offsetMs(JsonNode entry) {
    return Duration.between(began, occurredAt(entry)).toNanos() / 1e6;
  }

  private static double durationMs(JsonNode entry) {
    return entry.path("duration_ms").asDouble();
  }

  private static Instant occurredAt(JsonNode entry) {
    return Instant.parse(entry.path("occurred_at").asString());
  }
}
