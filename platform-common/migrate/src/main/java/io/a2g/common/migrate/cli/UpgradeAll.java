package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.topology.PlatformSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plans the upgrade of every schema, then applies one after the other. */
final class UpgradeAll {

  private static final String AT_HEAD = "at head";

  private final ServiceTools tools;
  private final CommandOptions options;
  private final List<Line> lines = new ArrayList<>();
  private int code;
  private @Nullable String stopped;

  UpgradeAll(ServiceTools tools, CommandOptions options) {
    this.tools = tools;
    this.options = options;
    for (PlatformSchema schema : PlatformSchema.values()) {
      lines.add(new Line(schema.serviceName(), "not started", null, null, null, null));
    }
  }

  /** The answer as JSON. */
  record Answer(boolean ok, int exitCode, List<Line> services) {}

  /** What became of one service; null: not known, or not done. */
  record Line(
      String service,
      String state,
      @Nullable String before,
      @Nullable String after,
      @Nullable Integer pending,
      @Nullable Double seconds) {

    private String row() {
      return String.format(
          Locale.ROOT,
          "%-16s %-14s %-16s %-16s %8s %12s",
          service,
          state,
          before == null ? "-" : before,
          after == null ? "-" : after,
          pending == null ? "-" : pending,
          seconds == null ? "-" : seconds);
    }
  }

  /** How many migrations all plans have together. */
  int pending() {
    return lines.stream().mapToInt(line -> line.pending() == null ? 0 : line.pending()).sum();
  }

  /** Asks every service what it would do; false: one cannot, and nothing may be applied. */
  boolean plan() {
    options.output().line("database: " + options.database().display());
    for (int i = 0; i < lines.size(); i++) {
      PlatformSchema schema = PlatformSchema.values()[i];
      var current = tools.ask(schema, List.of("current", "--json"));
      code = current.code();
      if (code != 0) {
        complain(schema, current.out());
      } else {
        // A held or broken schema fails here, before anything is applied.
        code = run(schema, "upgrade", "head", "--plan");
      }
      if (code != 0) {
        lines.set(i, new Line(schema.serviceName(), "plan failed", null, null, null, null));
        say("plan of %s failed; nothing was applied anywhere".formatted(schema.serviceName()));
        return false;
      }
      JsonNode document = document(current.out());
      int pending = document.path("pending").asInt();
      String state = pending == 0 ? AT_HEAD : "not started";
      String version = document.path("version").asStringOpt().orElse(null);
      lines.set(i, new Line(schema.serviceName(), state, version, null, pending, null));
    }
    return true;
  }

  /**
   * Applies, and stops at the first failure.
   *
   * @param resume leave out services that have nothing to do
   */
  void apply(boolean resume) {
    for (int i = 0; i < lines.size() && code == 0; i++) {
      PlatformSchema schema = PlatformSchema.values()[i];
      Line line = lines.get(i);
      String service = line.service();
      if (resume && line.state().equals(AT_HEAD)) {
        lines.set(i, new Line(service, AT_HEAD, line.before(), line.before(), 0, null));
        continue;
      }
      say("== " + service);
      long began = System.nanoTime();
      code = run(schema, "upgrade", "head");
      double seconds = Math.floor((System.nanoTime() - began) / 1e8) / 10;
      String state = code == 0 ? "done" : "failed";
      String after = pending(line) ? version(schema, line.before()) : line.before();
      lines.set(i, new Line(service, state, line.before(), after, line.pending(), seconds));
      if (code != 0) {
        stopped =
            "%s failed (exit code %d); correct it, then run the same command with --resume"
                .formatted(service, code);
      }
    }
  }

  /** What became of every service. */
  Reply reply() {
    return new Reply(
        new Answer(code == 0, code, lines),
        output -> {
          output.raw("");
          output.raw(
              "%-16s %-14s %-16s %-16s %8s %12s"
                  .formatted("SERVICE", "STATE", "BEFORE", "AFTER", "PENDING", "SECONDS"));
          lines.forEach(line -> output.raw(line.row()));
        },
        ExitCode.of(code),
        stopped);
  }

  private static boolean pending(Line line) {
    return line.pending() != null && line.pending() > 0;
  }

  private @Nullable String version(PlatformSchema schema, @Nullable String before) {
    var current = tools.ask(schema, List.of("current", "--json"));
    return current.code() == 0
        ? document(current.out()).path("version").asStringOpt().orElse(null)
        : before;
  }

  // People read what the service says; in a document it would be one too many.
  private int run(PlatformSchema schema, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(options.limitArguments());
    if (!options.json()) {
      return tools.run(schema, arguments);
    }
    arguments.add("--json");
    var outcome = tools.ask(schema, arguments);
    if (outcome.code() != 0) {
      complain(schema, outcome.out());
    }
    return outcome.code();
  }

  private void complain(PlatformSchema schema, String out) {
    String error = document(out).path("error").asString("");
    if (!error.isEmpty()) {
      options.err().println("migrate: %s: %s".formatted(schema.serviceName(), error));
    }
  }

  // A process that was killed leaves no document.
  private static JsonNode document(String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      return JsonMapper.shared().createObjectNode();
    }
  }

  private void say(String line) {
    options.output().raw(line);
    options.out().flush();
  }
}
