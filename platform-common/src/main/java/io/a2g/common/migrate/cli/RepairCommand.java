package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.Corrections;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "repair",
    description = "Clears one failed row, or accepts one changed file. Nothing else.",
    mixinStandardHelpOptions = true)
final class RepairCommand implements Callable<Integer> {

  @Mixin(name = CommandOptions.NAME)
  private CommandOptions options = new CommandOptions();

  @ArgGroup(multiplicity = "1")
  private Choice choice = new Choice();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; stands in the audit.")
  private String reason = "not given";

  private static final class Choice {
    @Option(
        names = "--failed",
        paramLabel = "VERSION",
        description = "Clear its failed row and drop invalid indexes, so that it can run again.")
    private @Nullable String failed;

    @Option(
        names = "--accept-checksum",
        paramLabel = "VERSION",
        description = "Its file was edited in a way that changes nothing.")
    private @Nullable String changed;
  }

  @Override
  public Integer call() {
    Target target = options.target();
    Corrections corrections = new Corrections(target, options.actor());
    String done;
    if (choice.failed != null) {
      var dropped = corrections.clearFailed(choice.failed);
      done =
          "failed row of %s cleared%s"
              .formatted(
                  choice.failed,
                  dropped.isEmpty() ? "" : "; dropped invalid " + String.join(", ", dropped));
    } else {
      String version = String.valueOf(choice.changed);
      corrections.acceptChecksum(version, reason);
      done = "file of %s accepted as it is".formatted(version);
    }
    options
        .output()
        .answer(
            Map.of("schema", target.schema(), "done", done),
            () -> options.output().line("%s: %s".formatted(target.schema(), done)));
    return ExitCode.OK.code();
  }
}
