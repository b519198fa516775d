package io.a2g.common.migrate.cli;

import io.a2g.common.topology.ServiceIdentity;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** The root: it only holds what the commands share. */
@Command(
    name = "migrate",
    description = "Plans, applies, checks and undoes the migrations of one service's schema.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done, 1 fault of the tool, 2 migrations pending, 3 difference or finding, 4 refused,",
      "5 migration failed, 6 lock busy, 7 database not reachable, 8 no right, 64 wrong usage."
    },
    subcommands = {
      AdoptCommand.class,
      AllCommand.class,
      BackfillCommand.class,
      BackupCommand.class,
      CheckCommand.class,
      CreateSchemasCommand.class,
      CurrentCommand.class,
      DowngradeCommand.class,
      DriftCommand.class,
      HeadsCommand.class,
      HistoryCommand.class,
      HoldCommand.class,
      LintCommand.class,
      MergeCommand.class,
      MoveCommand.class,
      OrphansCommand.class,
      ReleaseCommand.class,
      RenumberCommand.class,
      RepairCommand.class,
      ReplicateCommand.class,
      RestoreCommand.class,
      RevisionCommand.class,
      StampCommand.class,
      TestCommand.class,
      UpgradeCommand.class,
      WaitCommand.class,
      AutoComplete.GenerateCompletion.class
    })
final class MigrateCommand {

  private final ServiceIdentity service;
  private final Map<String, String> environment;

  MigrateCommand(ServiceIdentity service, Map<String, String> environment) {
    this.service = service;
    this.environment = environment;
  }

  ServiceIdentity service() {
    return service;
  }

  Map<String, String> environment() {
    return environment;
  }
}
