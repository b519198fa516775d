package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.Corrections;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "wait",
    description = "Waits until a version is applied, for replicas that do not migrate.",
    mixinStandardHelpOptions = true)
final class WaitCommand implements Callable<Integer> {

  @Mixin(name = CommandOptions.NAME)
  private CommandOptions options = new CommandOptions();

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
  public Integer call() {
    Target target = options.target();
    Corrections.await(target, version, Duration.ofSeconds(timeout));
    options
        .output()
        .answer(
            Map.of("schema", target.schema(), "reached", version),
            () -> options.output().line("%s: reached %s".formatted(target.schema(), version)));
    return ExitCode.OK.code();
  }
}
