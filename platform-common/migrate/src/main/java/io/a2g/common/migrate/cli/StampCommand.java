package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.Corrections;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "stamp",
    description = "Records versions as applied without running them.",
    mixinStandardHelpOptions = true)
final class StampCommand implements Callable<Integer> {

  @Mixin(name = CommandOptions.NAME)
  private CommandOptions options = new CommandOptions();

  @Parameters(index = "0", paramLabel = "head|VERSION", description = "Up to where.")
  private String goal = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why the schema is known to be there already.")
  private String reason = "";

  @Override
  public Integer call() {
    Target target = options.target();
    var versions = new Corrections(target, options.actor()).stamp(goal, reason);
    options
        .output()
        .answer(
            Map.of("schema", target.schema(), "stamped", versions),
            () ->
                options
                    .output()
                    .line(
                        "%s: stamped %s".formatted(target.schema(), String.join(", ", versions))));
    return ExitCode.OK.code();
  }
}
