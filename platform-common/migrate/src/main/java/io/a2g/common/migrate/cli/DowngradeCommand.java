package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.Downgrade;
import io.a2g.common.migrate.history.OfflineSql;
import io.a2g.common.migrate.history.UndoOptions;
import io.a2g.common.migrate.shadow.ShadowStates;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "downgrade",
    description = {
      "Takes the last N migrations back (-N), all above a version, or all (base).",
      "Structure comes back, data does not. Afterwards the schema is held; release ends that."
    })
final class DowngradeCommand extends ToolCommand {

  @Mixin private BackupOption backup = new BackupOption();

  @Mixin private ShadowOptions shadow = new ShadowOptions();

  @Parameters(index = "0", paramLabel = "-N|VERSION|base", description = "How far back.")
  private String goal = "";

  @Option(names = "--plan", description = "Only say what would be undone.")
  private boolean plan;

  @Option(names = "--sql", description = "Print a script for psql instead of undoing.")
  private boolean sql;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; stands in the migration log.")
  private @Nullable String reason;

  @Option(names = "--allow-data-loss", description = "Rows that the undo drops may be lost.")
  private boolean allowDataLoss;

  @Option(names = "--allow-difference", description = "The schema need not be as it was.")
  private boolean allowDifference;

  @Option(names = "--accept-changed-undo", description = "Run an undo file that was edited.")
  private boolean acceptChangedUndo;

  @Option(names = "--stored", description = "Run the undo text stored when it was applied.")
  private boolean stored;

  @Option(
      names = "--force",
      description = {
        "Although the service is connected, others hold the schema,",
        "or other services were given a function that goes."
      })
  private boolean force;

  @Option(
      names = "--confirm",
      paramLabel = "SCHEMA@HOST:PORT/DATABASE",
      description = "Needed where A2G_ENVIRONMENT is production.")
  private @Nullable String confirm;

  /** The answer as JSON. */
  record Answer(
      String schema,
      boolean undone,
      List<String> versions,
      @Nullable String current,
      @Nullable String sql) {}

  @Override
  Reply reply() {
    Target target = options.target();
    try (var states = new ShadowStates(target, shadow.server(options))) {
      return reply(target, new Downgrade(target, new ConsoleProgress(options), states));
    }
  }

  private Reply reply(Target target, Downgrade downgrade) {
    List<String> versions = downgrade.plan(goal);
    if (sql) {
      String script = new OfflineSql(target, options.actor()).downgrade(versions, order());
      return new Reply(
          new Answer(target.schema(), false, versions, null, script),
          output -> output.text(script));
    }
    if (plan) {
      return reply(target, new Answer(target.schema(), false, versions, null, null), "would undo");
    }
    requireConfirmation(target);
    if (!versions.isEmpty()) {
      backup.takeIfWanted(options, target);
    }
    if (allowDataLoss && isProduction()) {
      backup.requireFresh(options, target);
    }
    Downgrade.Result result = downgrade.run(goal, order());
    return reply(
        target,
        new Answer(target.schema(), true, result.versions(), result.current(), null),
        "undone; held at " + (result.current() == null ? "0" : result.current()));
  }

  private UndoOptions order() {
    return new UndoOptions(
        options.actor(),
        reason == null ? "not given" : reason,
        allowDataLoss,
        allowDifference,
        acceptChangedUndo,
        stored,
        force);
  }

  private boolean isProduction() {
    return "production".equals(options.setting("A2G_ENVIRONMENT"));
  }

  private void requireConfirmation(Target target) {
    if (isProduction()) {
      if (!target.display().equals(confirm)) {
        throw MigrationFailure.refused(
            "this is production: add --confirm %s".formatted(target.display()));
      }
      if (reason == null) {
        throw MigrationFailure.refused("this is production: add --reason");
      }
    }
  }

  private static Reply reply(Target target, Answer answer, String text) {
    return Reply.sentence(
        target,
        answer,
        answer.versions().isEmpty()
            ? "nothing to undo"
            : text + ": " + String.join(", ", answer.versions()));
  }
}
