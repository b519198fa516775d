package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.move.MovedTable;
import io.a2g.common.migrate.move.SchemaMove;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "move",
    description = {
      "Copies every row of the schema to another database, where create-schemas and upgrade head have run.",
      "Writers wait meanwhile. Every row is counted and hashed on both sides; ends with 3, and changes nothing,",
      "when one table differs. scripts/split_schema.sh does the whole of it."
    })
final class MoveCommand extends ToolCommand {

  @Mixin private DestinationOptions destination = new DestinationOptions();

  @Option(
      names = "--replicated",
      description =
          "The command replicate brings the rows: only wait for the last of them, and compare.")
  private boolean replicated;

  @Option(
      names = "--close-source",
      description = {
        "Take the services' rights to the schema in the old database in the same step, so that nothing is",
        "written there any more; create-schemas gives them back."
      })
  private boolean closeSource;

  /** The answer as JSON. */
  record Answer(String from, String to, boolean equal, List<MovedTable> tables) {}

  @Override
  Reply reply() {
    Target source = options.target();
    Target target = destination.of(source, options);
    List<MovedTable> tables =
        new SchemaMove(
                source,
                target,
                destination.replace(),
                closeSource,
                replicated,
                line -> options.output().raw("move: " + line))
            .run();
    boolean equal = tables.stream().allMatch(MovedTable::equal);
    return Reply.compared(
        equal,
        new Answer(source.display(), target.display(), equal, tables),
        output -> print(output, target, tables, equal));
  }

  private static void print(
      Output output, Target destination, List<MovedTable> tables, boolean equal) {
    output.table(
        List.of("TABLE", "ROWS", "CHECKSUM", ""),
        tables.stream()
            .map(table ->
                List.of(
                    table.table(),
                    Long.toString(table.source().rows()),
                    table.source().checksum(),
                    table.equal() ? "" : "DIFFERENT"))
            .toList());
    output.line(
        equal
            ? "%s has every row".formatted(destination.display())
            : "@|red %s would not be the same; nothing was changed|@"
                .formatted(destination.display()));
  }
}
