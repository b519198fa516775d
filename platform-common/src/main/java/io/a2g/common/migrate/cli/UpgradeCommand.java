package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.audit.Hold;
import io.a2g.common.migrate.history.OfflineSql;
import io.a2g.common.migrate.history.Step;
import io.a2g.common.migrate.history.Upgrade;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "upgrade",
    description = "Applies pending migrations: all (head), the next N (+N) or up to a version.",
    mixinStandardHelpOptions = true)
final class UpgradeCommand implements Callable<Integer> {

  @Mixin(name = CommandOptions.NAME)
  private CommandOptions options = new CommandOptions();

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
  record Answer(String schema, boolean applied, List<String> versions, @Nullable String heldAt) {}

  @Override
  public Integer call() {
    Target target = options.target();
    ConsoleProgress progress = new ConsoleProgress(options);
    Upgrade upgrade = new Upgrade(target, options.actor(), progress);
    if (sql) {
      options
          .out()
          .print(new OfflineSql(target, options.actor()).upgrade(upgrade.plan(goal).steps()));
      return ExitCode.OK.code();
    }
    if (plan) {
      return plan(target, upgrade.plan(goal));
    }
    if (backup.isWanted() && !upgrade.plan(goal).steps().isEmpty()) {
      backup.takeIfWanted(options, target);
    }
    Upgrade.Result result = upgrade.run(goal);
    String heldAt = result.hold().map(Hold::version).orElse(null);
    Answer answer = new Answer(target.schema(), true, result.versions(), heldAt);
    options
        .output()
        .answer(
            answer,
            () -> {
              int count = result.versions().size();
              options
                  .output()
                  .line(
                      "%s: @|green %s|@"
                          .formatted(
                              target.schema(),
                              count == 0 ? "nothing to apply" : count + " applied"));
            });
    return held(target, result.hold().orElse(null));
  }

  private int plan(Target target, Upgrade.Plan planned) {
    List<String> versions = planned.steps().stream().map(step -> step.script()).toList();
    Hold hold = planned.hold().orElse(null);
    options
        .output()
        .answer(
            new Answer(target.schema(), false, versions, hold == null ? null : hold.version()),
            () -> {
              Output output = options.output();
              output.line(
                  "%s: %s"
                      .formatted(
                          target.schema(),
                          versions.isEmpty() ? "nothing to apply" : "would apply"));
              for (Step step : planned.steps()) {
                output.raw("  " + PlannedStep.of(target, step).line());
              }
            });
    return held(target, hold);
  }

  private int held(Target target, @Nullable Hold hold) {
    if (hold == null) {
      return ExitCode.OK.code();
    }
    options
        .err()
        .println(
            "migrate: %s is held at %s by %s (%s): run release when that is over"
                .formatted(target.schema(), hold.version(), hold.actor(), hold.reason()));
    return ExitCode.REFUSED.code();
  }
}
