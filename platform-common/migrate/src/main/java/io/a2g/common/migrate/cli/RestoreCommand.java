package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.backup.Restore;
import io.a2g.common.migrate.backup.RestoredTable;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "restore",
    description = {
      "Restores backups, of any of the services, into a new database on the same or another server.",
      "Counts every table afterwards and ends with 3 when one differs from its backup."
    })
final class RestoreCommand extends ToolCommand {

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "The .dump files.")
  private List<Path> files = List.of();

  @Option(
      names = "--into",
      paramLabel = "DATABASE",
      required = true,
      description = "Name of the database to make. One that exists is refused.")
  private String database = "";

  @Option(
      names = "--roles-file",
      paramLabel = "FILE",
      description = {
        "Passwords of the platform's roles, as create-schemas takes it: owners and grants are restored.",
        "Default: no roles, everything belongs to the connected user."
      })
  private @Nullable Path rolesFile;

  /** The answer as JSON. */
  record Answer(String database, boolean equal, List<RestoredTable> tables) {}

  @Override
  Reply reply() {
    List<RestoredTable> tables =
        new Restore(
                options.target(),
                database,
                rolesFile,
                options.environment(),
                line -> options.output().raw("restore: " + line))
            .run(files);
    boolean equal = tables.stream().allMatch(RestoredTable::equal);
    return Reply.compared(
        equal, new Answer(database, equal, tables), output -> print(output, tables, equal));
  }

  private void print(Output output, List<RestoredTable> tables, boolean equal) {
    output.table(
        List.of("TABLE", "BACKUP", "RESTORED", ""),
        tables.stream().map(RestoreCommand::row).toList());
    output.line(
        equal
            ? "%s has every row of the backup".formatted(database)
            : "@|red %s is not what was backed up; do not use it|@".formatted(database));
  }

  private static List<String> row(RestoredTable table) {
    return List.of(
        table.schema() + "." + table.table(),
        count(table.backup()),
        count(table.restored()),
        table.equal() ? "" : "DIFFERENT");
  }

  private static String count(@Nullable Long rows) {
    return rows == null ? "-" : rows.toString();
  }
}
