package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.Corrections;
import io.a2g.common.migrate.history.FailedRepair;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "repair",
    description = "Clears one failed row, or accepts one changed file. Nothing else.")
final class RepairCommand extends ToolCommand {

  @ArgGroup(multiplicity = "1")
  private Choice choice = new Choice();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; stands in the migration log.")
  private String reason = "not given";

  private static final class Choice {
    @Option(
        names = "--failed",
        paramLabel = "VERSION",
        description = {
          "Clear its failed row and drop invalid indexes, so that it can run again;",
          "or record it, when its index is there just as the file makes it."
        })
    private @Nullable String failed;

    @Option(
        names = "--accept-checksum",
        paramLabel = "VERSION",
        description = "Its file was edited in a way that changes nothing.")
    private @Nullable String changed;
  }

  @Override
  Reply reply() {
    Target target = options.target();
    String done;
    if (choice.failed != null) {
      done =
          describe(
              choice.failed, new FailedRepair(target, options.actor()).run(choice.failed, reason));
    } else {
      String version = String.valueOf(choice.changed);
      new Corrections(target, options.actor()).acceptChecksum(version, reason);
      done = "file of %s accepted as it is".formatted(version);
    }
    return Reply.sentence(target, "done", done, done);
  }

  private static String describe(String version, FailedRepair.Result result) {
    return "%s%s"
        .formatted(
            result.recorded()
                ? "%s had done all that its file does, and is recorded as applied"
                    .formatted(version)
                : "failed row of %s cleared, so that it can run again".formatted(version),
            result.dropped().isEmpty()
                ? ""
                : "; dropped invalid " + String.join(", ", result.dropped()));
  }
}
