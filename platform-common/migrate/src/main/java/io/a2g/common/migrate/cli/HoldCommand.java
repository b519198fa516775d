package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.Corrections;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "hold", description = "Keeps start-up and upgrade from going beyond a version.")
final class HoldCommand extends ToolCommand {

  @Parameters(
      index = "0",
      defaultValue = "current",
      paramLabel = "current|VERSION",
      description = "The highest version that may be applied (current).")
  private String version = "current";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; everybody who is stopped by it reads this.")
  private String reason = "";

  @Override
  Reply reply() {
    Target target = options.target();
    String held = new Corrections(target, options.actor()).hold(version, reason);
    return Reply.sentence(target, "held_at", held, "held at " + held);
  }
}
