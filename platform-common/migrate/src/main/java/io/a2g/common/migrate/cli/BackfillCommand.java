package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.backfill.BackfillStatus;
import io.a2g.common.migrate.backfill.Backfills;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "backfill",
    description = "Changes rows in small batches: list, run, pause, resume, status.")
final class BackfillCommand extends ToolCommand {

  /** What to do. */
  enum Action {
    LIST,
    RUN,
    PAUSE,
    RESUME,
    STATUS
  }

  @Parameters(index = "0", defaultValue = "list", paramLabel = "list|run|pause|resume|status")
  private Action action = Action.LIST;

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Which one.")
  private @Nullable String name;

  @Override
  Reply reply() {
    Backfills backfills = new Backfills(options.target());
    if (action == Action.LIST || (action == Action.STATUS && name == null)) {
      return shown(backfills.list());
    }
    String chosen = name();
    return shown(
        List.of(
            switch (action) {
              case PAUSE -> backfills.pause(chosen);
              case STATUS -> backfills.status(chosen);
              default -> backfills.run(chosen, this::progress);
            }));
  }

  private String name() {
    if (name == null) {
      throw new CommandLine.ParameterException(
          options.commandLine(), "which backfill? backfill list shows all");
    }
    return name;
  }

  private void progress(long done, long total, double rate) {
    options
        .output()
        .line(
            "  %d of %d rows (%.0f %%), %.0f rows/s"
                .formatted(done, total, total == 0 ? 100.0 : 100.0 * done / total, rate));
  }

  private static Reply shown(List<BackfillStatus> all) {
    var rows =
        all.stream()
            .map(status ->
                List.of(
                    status.name(),
                    status.state(),
                    String.valueOf(status.doneRows()),
                    status.totalRows() == null ? "-" : status.totalRows().toString(),
                    status.error() == null ? "-" : status.error()))
            .toList();
    return new Reply(
        all, output -> output.table(List.of("BACKFILL", "STATE", "ROWS", "OF", "ERROR"), rows));
  }
}
