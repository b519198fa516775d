package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.Actors;
import io.a2g.common.migrate.history.MigrationStatus;
import io.a2g.common.migrate.history.Step;
import io.a2g.common.migrate.history.Undone;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "history", description = "Lists every migration, applied, undone or pending.")
final class HistoryCommand extends ToolCommand {

  @Option(
      names = {"-v", "--verbose"},
      description = "Also who, when, how long, who undid it, and checksums.")
  private boolean verbose;

  /** One line as JSON. */
  record Line(
      @Nullable String version,
      String description,
      String state,
      String script,
      String type,
      int rank,
      @Nullable Integer checksum,
      @Nullable Instant installedOn,
      @Nullable String installedBy,
      @Nullable String actor,
      int executionMillis,
      @Nullable String undoneBy,
      @Nullable Instant undoneOn) {

    static Line of(Step step, @Nullable String actor, @Nullable Undone undone) {
      return new Line(
          step.version(),
          step.description(),
          step.state().getDisplayName().toLowerCase(Locale.ROOT),
          step.script(),
          step.type(),
          step.rank(),
          step.checksum(),
          step.installedOn(),
          step.installedBy(),
          actor,
          step.executionMillis(),
          undone == null ? null : undone.by(),
          undone == null ? null : undone.on());
    }
  }

  @Override
  Reply reply() {
    Target target = options.target();
    Map<Integer, String> actors = Actors.read(target);
    Map<Integer, Undone> undone = Undone.read(target);
    List<Line> lines =
        MigrationStatus.read(target).steps().stream()
            .map(step -> Line.of(step, actors.get(step.rank()), undone.get(step.rank())))
            .toList();
    return new Reply(lines, output -> print(output, lines));
  }

  private void print(Output output, List<Line> lines) {
    List<String> header =
        verbose
            ? List.of(
                "VERSION", "STATE", "APPLIED", "BY", "ACTOR", "UNDONE", "MS", "CHECKSUM", "SCRIPT")
            : List.of("VERSION", "STATE", "DESCRIPTION");
    output.table(
        header, lines.stream().map(line -> verbose ? verbose(line) : brief(line)).toList());
  }

  private static List<String> brief(Line line) {
    return List.of(text(line.version()), line.state(), line.description());
  }

  private static List<String> verbose(Line line) {
    return List.of(
        text(line.version()),
        line.state(),
        seconds(line.installedOn()),
        text(line.installedBy()),
        text(line.actor()),
        line.undoneOn() == null ? "-" : seconds(line.undoneOn()) + " by " + line.undoneBy(),
        line.installedOn() == null ? "-" : String.valueOf(line.executionMillis()),
        line.checksum() == null ? "-" : String.valueOf(line.checksum()),
        line.script());
  }

  private static String seconds(@Nullable Instant instant) {
    return instant == null ? "-" : instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String text(@Nullable String value) {
    return value == null ? "-" : value;
  }
}
