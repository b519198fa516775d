package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.Corrections;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "release", description = "Ends the hold.", mixinStandardHelpOptions = true)
final class ReleaseCommand implements Callable<Integer> {

  @Mixin(name = CommandOptions.NAME)
  private CommandOptions options = new CommandOptions();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; stands in the migration log.")
  private String reason = "not given";

  @Override
  public Integer call() {
    Target target = options.target();
    boolean released = new Corrections(target, options.actor()).release(reason);
    options
        .output()
        .answer(
            Map.of("schema", target.schema(), "held_at", "", "released", released),
            () ->
                options
                    .output()
                    .line(
                        "%s: %s"
                            .formatted(
                                target.schema(), released ? "released" : "there was no hold")));
    return ExitCode.OK.code();
  }
}
