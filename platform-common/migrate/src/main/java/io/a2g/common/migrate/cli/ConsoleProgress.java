package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.history.Progress;
import io.a2g.common.migrate.history.Step;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run while it goes on: lines for people, or with {@code --json} one JSON line for each
 * event on standard error, beside the one document on standard output.
 */
final class ConsoleProgress implements Progress {

  private final CommandOptions options;

  ConsoleProgress(CommandOptions options) {
    this.options = options;
  }

  /** What happened to one migration, as the services log it. */
  record Event(
      String event,
      String service,
      String schema,
      @Nullable String version,
      String outcome,
      long durationMs,
      @Nullable String reason) {}

  @Override
  public void applied(Step step, long millis) {
    options.output().line("  @|green up|@    %s  %d ms".formatted(step.script(), millis));
    event(step.version(), "applied", millis, null);
  }

  @Override
  public void undone(String version, String description, long millis) {
    options
        .output()
        .line("  @|yellow down|@  %s %s  %d ms".formatted(version, description, millis));
    event(version, "undone", millis, null);
  }

  @Override
  public void waiting(int attempt, long pauseMillis, String reason) {
    options
        .output()
        .line(
            "  @|yellow wait|@  attempt %d lost against a lock (%s); again in %d ms"
                .formatted(attempt, reason, pauseMillis));
    event(null, "waiting", pauseMillis, reason);
  }

  private void event(
      @Nullable String version, String outcome, long millis, @Nullable String reason) {
    if (options.json()) {
      Output.jsonLine(
          options.err(),
          new Event(
              "db.migration",
              options.service().name(),
              options.service().schemaName(),
              version,
              outcome,
              millis,
              reason));
    }
  }
}
