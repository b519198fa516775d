package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.catalogue.Difference;
import io.a2g.common.migrate.history.Adoption;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "adopt",
    description = {
      "Records the files that are here as applied to a schema that older files or other means made,",
      "when it is exactly what they make up to some version; else shows what differs. Finds out in the",
      "schema itself, in a transaction that is rolled back: no other session may use its tables meanwhile."
    })
final class AdoptCommand extends ToolCommand {

  @Option(names = "--plan", description = "Only say what would be recorded, or what differs.")
  private boolean plan;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "migrate adopt",
      description = "Why, for the log.")
  private String reason = "";

  /** The answer as JSON; ours are the files, theirs is the database. */
  record Answer(
      String schema,
      boolean ok,
      boolean planned,
      boolean alreadyDone,
      String version,
      List<String> files,
      int replacedRows,
      List<Difference> differences) {}

  @Override
  Reply reply() {
    Target target = options.target();
    Adoption.Result result = new Adoption(target, options.actor()).run(reason, plan);
    var answer =
        new Answer(
            target.schema(),
            result.isEqual(),
            plan,
            result.alreadyDone(),
            result.version(),
            result.files(),
            result.replaced(),
            result.differences());
    return Reply.compared(answer.ok(), answer, output -> print(output, answer));
  }

  private static void print(Output output, Answer answer) {
    if (answer.alreadyDone()) {
      output.line("%s: the history is that of these files already".formatted(answer.schema()));
    } else if (answer.ok()) {
      answer.files().forEach(file -> output.raw("  " + file));
      output.line(
          "%s: @|green %s %s|@; %d rows of the old history %s to the log"
              .formatted(
                  answer.schema(),
                  answer.planned() ? "would be adopted at" : "adopted at",
                  answer.version(),
                  answer.replacedRows(),
                  answer.planned() ? "would go" : "went"));
    } else {
      output.line(
          "%s: @|red %d differ|@ from %s, the nearest version; nothing was adopted"
              .formatted(answer.schema(), answer.differences().size(), answer.version()));
      answer
          .differences()
          .forEach(d -> output.raw("  " + d.describe("the migrations", "the database")));
    }
  }
}
