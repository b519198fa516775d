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

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; stands in the audit.")
  private String reason = "not given";

  @Override
  public Integer call() {
    Target target = options.target();
    new Corrections(target, options.actor()).release(reason);
    options
        .output()
        .answer(
            Map.of("schema", target.schema(), "held_at", ""),
            () -> options.output().line("%s: no hold".formatted(target.schema())));
    return ExitCode.OK.code();
  }
}
