package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.history.Progress;
import io.a2g.common.migrate.history.Step;

/** Shows a run while it goes on; says nothing when the answer is JSON. */
final class ConsoleProgress implements Progress {

  private final Output output;

  ConsoleProgress(Output output) {
    this.output = output;
  }

  @Override
  public void applied(Step step, long millis) {
    output.line("  @|green up|@    %s  %d ms".formatted(step.script(), millis));
  }

  @Override
  public void undone(String version, String description, long millis) {
    output.line("  @|yellow down|@  %s %s  %d ms".formatted(version, description, millis));
  }

  @Override
  public void waiting(int attempt, long pauseMillis, String reason) {
    output.line(
        "  @|yellow wait|@  attempt %d lost against a lock (%s); again in %d ms"
            .formatted(attempt, reason, pauseMillis));
  }
}
