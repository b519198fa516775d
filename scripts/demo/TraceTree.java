import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Prints log entries of one trace as an indented tree with bars scaled to time. */
final class TraceTree {

  private static final int NAME = 38; // columns
  private static final int BAR = 44;

  private final Screen screen;
  private final List<Json> entries;
  private final Instant began;
  private final double totalMs;

  /**
   * Prepares the tree.
   *
   * @param entries log entries as the tracing service answered them; those with a duration are
   *     steps, those without are things that happened in one
   */
  TraceTree(Screen screen, List<Json> entries) {
    this.screen = screen;
    this.entries = entries;
    Json first = roots().getFirst();
    this.began = occurredAt(first);
    this.totalMs =
        entries.stream().mapToDouble(e -> offsetMs(e) + durationMs(e)).max().orElseThrow();
  }

  /** Entries without a parent. */
  private List<Json> roots() {
    return steps().filter(e -> e.at("parent_span_id").isAbsent()).toList();
  }

  void print() {
    roots().forEach(root -> print(root, "", ""));
  }

  private void print(Json step, String lead, String below) {
    screen.line(line(lead, step));
    events(step).forEach(event -> screen.line(eventLine(below, event)));
    var children = children(step);
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1;
      print(children.get(i), below + (last ? "└─ " : "├─ "), below + (last ? "   " : "│  "));
    }
  }

  private String line(String lead, Json step) {
    String name = Screen.pad(lead + step.at("message").text(), NAME);
    String time = "%12s".formatted(Screen.milliseconds(durationMs(step)));
    return "  " + name + " " + screen.styled(colour(step), bar(step)) + time;
  }

  private String eventLine(String below, Json event) {
    String text = "· " + event.at("log_type").text() + " " + event.at("message").text();
    int room = Screen.WIDTH - 2;
    return "  " + screen.styled(Screen.Style.FAINT, Screen.pad(below + text, room).stripTrailing());
  }

  /** At least one mark wide, so that a short step stays visible. */
  private String bar(Json step) {
    double columnsPerMs = BAR / totalMs;
    int from = Math.clamp((int) (offsetMs(step) * columnsPerMs), 0, BAR - 1);
    int length = Math.clamp(Math.round(durationMs(step) * columnsPerMs), 1, BAR - from);
    return "·".repeat(from) + "█".repeat(length) + "·".repeat(BAR - from - length);
  }

  private static Screen.Style colour(Json step) {
    return switch (step.at("log_type").text()) {
      case "LLM" -> Screen.Style.MAGENTA;
      case "TOOL_CALL" -> Screen.Style.YELLOW;
      default -> Screen.Style.BLUE;
    };
  }

  private List<Json> children(Json step) {
    String id = step.at("span_id").text();
    return steps()
        .filter(e -> e.at("parent_span_id").text().equals(id))
        .sorted(Comparator.comparing(TraceTree::occurredAt))
        .toList();
  }

  private List<Json> events(Json step) {
    String id = step.at("span_id").text();
    return entries.stream()
        .filter(e -> e.at("duration_ms").isAbsent() && e.at("span_id").text().equals(id))
        .toList();
  }

  private Stream<Json> steps() {
    return entries.stream().filter(e -> !e.at("duration_ms").isAbsent());
  }

  private double offsetMs(Json entry) {
    return Duration.between(began, occurredAt(entry)).toNanos() / 1e6;
  }

  private static double durationMs(Json entry) {
    return entry.at("duration_ms").isAbsent() ? 0 : entry.at("duration_ms").decimal().doubleValue();
  }

  private static Instant occurredAt(Json entry) {
    return Instant.parse(entry.at("occurred_at").text());
  }
}
