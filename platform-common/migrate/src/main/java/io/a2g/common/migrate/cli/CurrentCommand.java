package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.SchemaVersion;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "current",
    description = "Shows the version the schema is at, and how many migrations are pending.",
    mixinStandardHelpOptions = true)
final class CurrentCommand implements Callable<Integer> {

  @Mixin(name = CommandOptions.NAME)
  private CommandOptions options = new CommandOptions();

  @Option(
      names = "--check-heads",
      description = "End with 2 when the schema is not at the newest version.")
  private boolean checkHeads;

  /** The answer as JSON. */
  record Current(
      String service,
      String schema,
      @Nullable String version,
      @Nullable String description,
      int pending,
      int late,
      int failed,
      boolean head) {}

  @Override
  public Integer call() {
    Target target = options.target();
    SchemaVersion schema = SchemaVersion.read(target);
    var answer =
        new Current(
            target.service().name(),
            target.schema(),
            schema.version(),
            schema.description(),
            schema.pending(),
            schema.late(),
            schema.failed(),
            schema.isHead());
    options.output().answer(answer, () -> print(answer));
    return checkHeads && !answer.head() ? ExitCode.PENDING.code() : ExitCode.OK.code();
  }

  private void print(Current current) {
    Output output = options.output();
    String version =
        current.version() == null
            ? "nothing applied"
            : current.version() + " " + current.description();
    output.line(
        "%s: @|bold %s|@%s%s%s%s"
            .formatted(
                current.schema(),
                version,
                current.head() ? " (head)" : "",
                current.pending() == 0
                    ? ""
                    : ", @|yellow %d pending|@".formatted(current.pending()),
                current.late() == 0
                    ? ""
                    : ", @|red %d merged late|@ (see renumber)".formatted(current.late()),
                current.failed() == 0
                    ? ""
                    : ", @|red %d failed|@ (see repair --failed)".formatted(current.failed())));
  }
}
