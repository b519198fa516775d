package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.OfflineSql;
import io.a2g.common.migrate.history.Step;
import io.a2g.common.migrate.history.Upgrade;
import io.a2g.common.migrate.log.Hold;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "upgrade",
    description = "Applies pending migrations: all (head), the next N (+N) or up to a version.")
final class UpgradeCommand extends ToolCommand {

  @Mixin private BackupOption backup = new BackupOption();

  @Parameters(
      index = "0",
      defaultValue = "head",
      paramLabel = "head|+N|VERSION",
      description = "How far (head).")
  private String goal = "head";

  @Option(names = "--plan", description = "Only say what would be applied.")
  private boolean plan;

  @Option(names = "--sql", description = "Print a script for psql instead of applying.")
  private boolean sql;

  /** The answer as JSON. */
  record Answer(
      boolean ok,
      int exitCode,
      String schema,
      boolean applied,
      List<String> versions,
      @Nullable String heldAt,
      @Nullable String sql) {}

  @Override
  Reply reply() {
    Target target = options.target();
    ConsoleProgress progress = new ConsoleProgress(options);
    Upgrade upgrade = new Upgrade(target, options.actor(), progress);
    if (sql || plan) {
      return planned(target, upgrade.plan(goal));
    }
    if (backup.isWanted() && !upgrade.plan(goal).steps().isEmpty()) {
      backup.takeIfWanted(options, target);
    }
    Upgrade.Result result = upgrade.run(goal);
    int count = result.versions().size();
    String done = count == 0 ? "nothing to apply" : count + " applied";
    return reply(
        target,
        true,
        result.versions(),
        result.hold(),
        null,
        output -> output.line("%s: @|green %s|@".formatted(target.schema(), done)));
  }

  private Reply planned(Target target, Upgrade.Plan planned) {
    List<String> scripts = planned.steps().stream().map(Step::script).toList();
    String script = sql ? new OfflineSql(target, options.actor()).upgrade(planned.steps()) : null;
    return reply(
        target,
        false,
        scripts,
        planned.hold(),
        script,
        output -> {
          if (script != null) {
            output.text(script);
            return;
          }
          output.line(
              "%s: %s"
                  .formatted(
                      target.schema(), scripts.isEmpty() ? "nothing to apply" : "would apply"));
          planned.steps().forEach(step -> output.raw("  " + PlannedStep.of(target, step).line()));
        });
  }

  // What the hold let through is done; that it stopped the rest must not go unnoticed.
  private static Reply reply(
      Target target,
      boolean applied,
      List<String> versions,
      Optional<Hold> hold,
      @Nullable String script,
      Consumer<Output> lines) {
    ExitCode code = hold.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    String heldAt = hold.map(Hold::version).orElse(null);
    return new Reply(
        new Answer(hold.isEmpty(), code.code(), target.schema(), applied, versions, heldAt, script),
        lines,
        code,
        hold.map(h ->
                "%s is held at %s by %s (%s): run release when that is over"
                    .formatted(target.schema(), h.version(), h.actor(), h.reason()))
            .orElse(null));
  }
}
