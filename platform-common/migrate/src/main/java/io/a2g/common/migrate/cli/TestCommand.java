package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.rehearsal.Rehearsal;
import io.a2g.common.migrate.shadow.ShadowDatabase;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "test",
    description = {
      "Runs every migration up, down and up again in a shadow database with rows,",
      "then all of them down and up."
    })
final class TestCommand extends ToolCommand {

  @Mixin private ShadowOptions shadow = new ShadowOptions();

  /** The answer as JSON. */
  record Answer(String service, boolean ok, List<Rehearsal.Round> rounds) {}

  @Override
  Reply reply() {
    List<Rehearsal.Round> rounds;
    try (var database = ShadowDatabase.create(options.target(), shadow.server(options))) {
      rounds = Rehearsal.run(database, this::print);
    }
    ExitCode code = rounds.isEmpty() ? ExitCode.OK : rounds.getLast().outcome().exitCode();
    var answer = new Answer(options.service().name(), code == ExitCode.OK, rounds);
    // People have read every round already.
    return new Reply(answer, _ -> {}, code);
  }

  private void print(Rehearsal.Round round) {
    Output output = options.output();
    String verdict =
        switch (round.outcome()) {
          case REVERSIBLE -> "@|green up, down, up|@";
          case IRREVERSIBLE -> "@|yellow up only: irreversible|@";
          case DIFFERENT -> "@|red different|@";
          case FAILED -> "@|red failed|@";
        };
    String version = round.version() == null ? "" : round.version() + " ";
    output.line(
        "%s: %s%s: %s"
            .formatted(options.service().schemaName(), version, round.description(), verdict));
    round.problems().forEach(problem -> output.raw("    " + problem));
    round.emptyTables().forEach(table -> output.raw("    without a row: " + table));
  }
}
