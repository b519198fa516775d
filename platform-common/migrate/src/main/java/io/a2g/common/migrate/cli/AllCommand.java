package io.a2g.common.migrate.cli;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.topology.PlatformSchema;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = AllCommand.NAME,
    description = {
      "Brings the schemas of all services to the newest version: plans all, then applies in a fixed order.",
      "With a command: runs it for every service, in that order; downgrade in the reverse order.",
      "Stops at the first failure. A schema in a database of its own: MIGRATION_DATABASE_URL_<SCHEMA>."
    })
final class AllCommand extends ToolCommand {

  static final String NAME = "all";

  private static final Set<String> BEFORE_COMMAND =
      Set.of("--jars", "--checkout", "--roles-file", "--url", "--json");

  @Option(
      names = "--jars",
      paramLabel = "DIR",
      description = {
        "Where <service>.jar is of every service, or <service>/target/<service>.jar.",
        "Default: the working directory."
      })
  private Path jars = Path.of("");

  @Option(
      names = "--checkout",
      paramLabel = "DIR",
      description = "Use the migration files of this checkout. Default: those in the jars.")
  private @Nullable Path checkout;

  @Option(
      names = "--roles-file",
      paramLabel = "FILE",
      description = {
        "Passwords of the roles that create-schemas made: each schema is migrated by its own role.",
        "Default: by the user of the URL."
      })
  private @Nullable Path rolesFile;

  @Option(names = "--plan", description = "Only plan.")
  private boolean plan;

  @Option(names = "--resume", description = "Leave out services that have nothing to do.")
  private boolean resume;

  @Option(names = "--yes", description = "Do not ask before anything is applied.")
  private boolean yes;

  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "A command with its arguments.")
  private List<String> command = List.of();

  @Override
  Reply reply() {
    requireFitting();
    var tools = new ServiceTools(jars.toAbsolutePath(), checkout, this::url, options.environment());
    if (!command.isEmpty()) {
      return each(tools);
    }
    var upgrade = new UpgradeAll(tools, options);
    boolean planned = upgrade.plan();
    if (planned && !plan) {
      confirm(upgrade.pending());
      upgrade.apply(resume);
    }
    return upgrade.reply();
  }

  // What one service alone can use, or what belongs behind the command, must not go unnoticed.
  private void requireFitting() {
    for (OptionSpec given : options.commandLine().getParseResult().matchedOptions()) {
      String name = given.longestName();
      if (command.isEmpty() ? name.equals("--sources") : !BEFORE_COMMAND.contains(name)) {
        throw new CommandLine.ParameterException(
            options.commandLine(),
            command.isEmpty()
                ? "--sources names the files of one service: give --checkout"
                : name + " belongs behind the command, if to it at all");
      }
    }
  }

  private Reply each(ServiceTools tools) {
    List<PlatformSchema> schemas = List.of(PlatformSchema.values());
    boolean json = options.json() || command.contains("--json");
    List<String> arguments = new ArrayList<>(command);
    if (options.json()) {
      arguments.add("--json");
    }
    String separator = "[";
    String stopped = null;
    ExitCode code = ExitCode.OK;
    for (PlatformSchema schema :
        command.getFirst().equals("downgrade") ? schemas.reversed() : schemas) {
      say(json ? separator : "== " + schema.serviceName());
      separator = ",";
      int ended = tools.run(schema, arguments);
      if (ended != 0) {
        code = ExitCode.of(ended);
        stopped = "stopped at %s (exit code %d)".formatted(schema.serviceName(), ended);
        break;
      }
    }
    String end = json ? "]%n".formatted() : "";
    return new Reply(null, output -> output.text(end), code, stopped);
  }

  // What the process of a service writes must come after it.
  private void say(String line) {
    options.out().println(line);
    options.out().flush();
  }

  private void confirm(int pending) {
    if (pending == 0 || yes) {
      return;
    }
    String database = options.database().display();
    Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    if (options.json() || terminal.isEmpty()) {
      throw MigrationFailure.refused(
          "%d migrations are pending in %s; give --yes to apply them".formatted(pending, database));
    }
    String answer = terminal.get().readLine("Apply %d migrations to %s? [y/N] ", pending, database);
    if (answer == null || !answer.toLowerCase(Locale.ROOT).startsWith("y")) {
      throw MigrationFailure.refused("not confirmed; nothing was applied");
    }
  }

  private String url(PlatformSchema schema) {
    String variable = "MIGRATION_DATABASE_URL_" + schema.name();
    DatabaseUrl database =
        options.setting(variable) == null ? options.database() : options.database(variable);
    return rolesFile == null
        ? database.uri()
        : database.withCredentials(schema.migratorRole(), password(rolesFile, schema)).uri();
  }

  private static String password(Path file, PlatformSchema schema) {
    String key = schema.name() + "_MIGRATOR_PASSWORD=";
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(key))
          .findFirst()
          .map(line -> line.substring(key.length()))
          .orElseThrow(() ->
              MigrationFailure.refused(
                  "%s has no %s; create-schemas adds it".formatted(file, key.replace("=", ""))));
    } catch (IOException e) {
      throw new MigrationFailure(ExitCode.REFUSED, "cannot read the roles file " + file, e);
    }
  }
}
