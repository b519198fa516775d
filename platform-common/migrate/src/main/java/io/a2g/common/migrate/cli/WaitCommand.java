package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.Corrections;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "wait",
    description = "Waits until a version is applied, for replicas that do not migrate.")
final class WaitCommand extends ToolCommand {

  @Option(
      names = "--for",
      defaultValue = "head",
      paramLabel = "head|VERSION",
      description = "What to wait for (head).")
  private String version = "head";

  @Option(
      names = "--timeout",
      defaultValue = "300",
      paramLabel = "SECONDS",
      description = "How long (300).")
  private int timeout;

  @Override
  Reply reply() {
    Target target = options.target();
    Corrections.await(target, version, Duration.ofSeconds(timeout));
    return Reply.sentence(target, "reached", version, "reached " + version);
  }
}
