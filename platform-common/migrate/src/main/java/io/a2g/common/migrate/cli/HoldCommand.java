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
    name = "hold",
    description = "Keeps start-up and upgrade from going beyond a version.",
    mixinStandardHelpOptions = true)
final class HoldCommand implements Callable<Integer> {

  @Mixin(name = CommandOptions.NAME)
  private CommandOptions options = new CommandOptions();

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
  public Integer call() {
    Target target = options.target();
    String held = new Corrections(target, options.actor()).hold(version, reason);
    options
        .output()
        .answer(
            Map.of("schema", target.schema(), "held_at", held),
            () -> options.output().line("%s: held at %s".formatted(target.schema(), held)));
    return ExitCode.OK.code();
  }
}
