package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.Corrections;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "stamp", description = "Records versions as applied without running them.")
final class StampCommand extends ToolCommand {

  @Parameters(index = "0", paramLabel = "head|VERSION", description = "Up to where.")
  private String goal = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why the schema is known to be there already.")
  private String reason = "";

  @Override
  Reply reply() {
    Target target = options.target();
    var versions = new Corrections(target, options.actor()).stamp(goal, reason);
    return Reply.sentence(target, "stamped", versions, "stamped " + String.join(", ", versions));
  }
}
