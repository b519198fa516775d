package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.SchemaVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "current",
    description = "Shows the version the schema is at, and how many migrations are pending.")
final class CurrentCommand extends ToolCommand {

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
  Reply reply() {
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
    return new Reply(
        answer,
        output -> output.line(line(answer)),
        checkHeads && !answer.head() ? ExitCode.PENDING : ExitCode.OK);
  }

  private static String line(Current current) {
    String version =
        current.version() == null
            ? "nothing applied"
            : current.version() + " " + current.description();
    return "%s: @|bold %s|@%s%s%s%s"
        .formatted(
            current.schema(),
            version,
            current.head() ? " (head)" : "",
            counted(", @|yellow %d pending|@", current.pending()),
            counted(", @|red %d merged late|@ (see renumber)", current.late()),
            counted(", @|red %d failed|@ (see repair --failed)", current.failed()));
  }

  private static String counted(String text, int count) {
    return count == 0 ? "" : text.replace("%d", String.valueOf(count));
  }
}
