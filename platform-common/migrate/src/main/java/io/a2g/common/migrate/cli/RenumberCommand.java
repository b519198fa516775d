package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.revision.Renumber;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "renumber",
    description = {
      "Gives files that are not applied a version after all others, V and U together: those merged late,",
      "those of an equal version, or the named ones. Needs --sources."
    })
final class RenumberCommand extends ToolCommand {

  @Parameters(
      paramLabel = "FILE",
      description = "Names or versions of V files. Default: all that heads shows as late or equal.")
  private List<String> names = List.of();

  /** The answer as JSON. */
  record Answer(String service, List<Renumber.Move> renamed) {}

  @Override
  Reply reply() {
    List<Renumber.Move> moves = Renumber.run(options.target(), names, Clock.systemUTC());
    return new Reply(
        new Answer(options.service().name(), moves),
        output -> {
          if (moves.isEmpty()) {
            output.line("Every file stands in line: nothing to rename.");
          }
          moves.forEach(move -> output.raw(move.from() + " -> " + move.to()));
        });
  }
}
