package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.OfflineSql;
import io.a2g.common.migrate.history.Step;
import io.a2g.common.migrate.history.Upgrade;
import io.a2g.common.migrate.log.Hold;
import java.util.List;
import java.util.Optional;
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
  record Answer(
      boolean ok,
      int exitCode,
      String schema,
      boolean applied,
      List<String> versions,
      @Nullable String heldAt,
      @Nullable String sql) {}

  @Override
  public Integer call() {
    Target target = options.target();
    ConsoleProgress progress = new ConsoleProgress(options);
    Upgrade upgrade = new Upgrade(target, options.actor(), progress);
    if (sql) {
      return script(target, upgrade.plan(goal));
    }
    if (plan) {
      return plan(target, upgrade.plan(goal));
    }
    if (backup.isWanted() && !upgrade.plan(goal).steps().isEmpty()) {
      backup.takeIfWanted(options, target);
    }
    Upgrade.Result result = upgrade.run(goal);
    options
        .output()
        .answer(
            answer(target, true, result.versions(), result.hold(), null),
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
    return held(target, result.hold());
  }

  private int script(Target target, Upgrade.Plan planned) {
    String script = new OfflineSql(target, options.actor()).upgrade(planned.steps());
    options
        .output()
        .answer(
            answer(target, false, scripts(planned), planned.hold(), script),
            () -> options.out().print(script));
    return held(target, planned.hold());
  }

  private int plan(Target target, Upgrade.Plan planned) {
    List<String> versions = scripts(planned);
    options
        .output()
        .answer(
            answer(target, false, versions, planned.hold(), null),
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
    return held(target, planned.hold());
  }

  private static List<String> scripts(Upgrade.Plan planned) {
    return planned.steps().stream().map(Step::script).toList();
  }

  private static Answer answer(
      Target target,
      boolean applied,
      List<String> versions,
      Optional<Hold> hold,
      @Nullable String script) {
    return new Answer(
        hold.isEmpty(),
        exitCode(hold).code(),
        target.schema(),
        applied,
        versions,
        hold.map(Hold::version).orElse(null),
        script);
  }

  private int held(Target target, Optional<Hold> hold) {
    hold.ifPresent(h ->
        options
            .err()
            .println(
                "migrate: %s is held at %s by %s (%s): run release when that is over"
                    .formatted(target.schema(), h.version(), h.actor(), h.reason())));
    return exitCode(hold).code();
  }

  // What the hold let through is done; that it stopped the rest must not go unnoticed.
  private static ExitCode exitCode(Optional<Hold> hold) {
    return hold.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
  }
}
