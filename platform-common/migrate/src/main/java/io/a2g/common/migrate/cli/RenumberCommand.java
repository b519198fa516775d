package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.revision.Renumber;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "renumber",
    description = {
      "Gives files that are not applied a version after all others, V and U together: those merged late,",
      "those of an equal version, or the named ones. Needs --sources."
    },
    mixinStandardHelpOptions = true)
final class RenumberCommand implements Callable<Integer> {

  @Mixin(name = CommandOptions.NAME)
  private CommandOptions options = new CommandOptions();

  @Parameters(
      paramLabel = "FILE",
      description = "Names or versions of V files. Default: all that heads shows as late or equal.")
  private List<String> names = List.of();

  /** The answer as JSON. */
  record Answer(String service, List<Renumber.Move> renamed) {}

  @Override
  public Integer call() {
    var answer =
        new Answer(
            options.service().name(), Renumber.run(options.target(), names, Clock.systemUTC()));
    options.output().answer(answer, () -> print(answer));
    return ExitCode.OK.code();
  }

  private void print(Answer answer) {
    Output output = options.output();
    if (answer.renamed().isEmpty()) {
      output.line("Every file stands in line: nothing to rename.");
    }
    answer.renamed().forEach(move -> output.raw(move.from() + " -> " + move.to()));
  }
}
