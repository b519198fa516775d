package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.Corrections;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "release", description = "Ends the hold.")
final class ReleaseCommand extends ToolCommand {

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; stands in the migration log.")
  private String reason = "not given";

  @Override
  Reply reply() {
    Target target = options.target();
    boolean released = new Corrections(target, options.actor()).release(reason);
    return Reply.sentence(
        target,
        Map.of("schema", target.schema(), "held_at", "", "released", released),
        released ? "released" : "there was no hold");
  }
}
