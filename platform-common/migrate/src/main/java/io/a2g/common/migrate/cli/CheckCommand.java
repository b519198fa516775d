package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.catalogue.Difference;
import io.a2g.common.migrate.draft.Draft;
import io.a2g.common.migrate.entities.Check;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "check",
    description = {
      "Compares what the service declares (entities and db/extras.sql) with what its migrations make.",
      "Both are built in a shadow database; the schema itself is not looked at: see drift."
    })
final class CheckCommand extends ToolCommand {

  @Mixin private ShadowOptions shadow = new ShadowOptions();

  @Option(
      names = "--write-extras",
      description = {
        "Print an extras.sql with which entities and migrations agree, to be read and",
        "shortened: what an annotation can say belongs to the entity."
      })
  private boolean writeExtras;

  /** The answer as JSON; ours are entities and extras.sql, theirs are the migrations. */
  record Answer(String service, String schema, boolean different, List<Difference> differences) {}

  @Override
  Reply reply() {
    Target target = options.target();
    Check check = Check.run(target, shadow.server(options));
    if (writeExtras) {
      String script = Draft.script(target.schema(), check.entities(), check.migrated());
      return new Reply(null, output -> output.text("%s%n".formatted(script)));
    }
    List<Difference> differences = check.differences();
    return Reply.compared(
        differences.isEmpty(),
        new Answer(target.service().name(), target.schema(), !differences.isEmpty(), differences),
        output -> print(output, target.schema(), differences));
  }

  private static void print(Output output, String schema, List<Difference> differences) {
    if (differences.isEmpty()) {
      output.line("%s: @|green entities and migrations agree|@".formatted(schema));
      return;
    }
    output.line(
        "%s: @|red %d differ|@; write a migration (revision --autogenerate drafts it), or correct entity or extras.sql"
            .formatted(schema, differences.size()));
    differences.forEach(
        d -> output.raw("  " + d.describe("entities and extras.sql", "the migrations")));
  }
}
