package io.a2g.common.migrate.history;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.log.ControlTables;
import io.a2g.common.migrate.log.Hold;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.MigrateOutput;
import org.flywaydb.core.api.output.MigrateResult;

/** Applies pending migrations. Several at once are safe: Flyway's lock lets one work. */
public final class Upgrade {

  /**
   * In a run of more, only the last version is fingerprinted: a fresh installation shall not pay
   * for the undo of versions that are hardly ever undone one by one. Such an undo finds the states
   * out then, see {@link KnownStates}.
   */
  static final int MOST_FINGERPRINTED = 10;

  private static final String LATEST = "latest";
  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private final Target target;
  private final String actor;
  private final Progress progress;

  /**
   * For one target.
   *
   * @param actor who gives the order, for the log
   */
  public Upgrade(Target target, String actor, Progress progress) {
    this.target = target;
    this.actor = actor;
    this.progress = progress;
  }

  /**
   * What a run would do.
   *
   * @param steps the migrations, in order
   * @param hold the hold that cut the list short; empty when it did not
   */
  public record Plan(List<Step> steps, Optional<Hold> hold) {}

  /**
   * What a run did.
   *
   * @param versions applied by this run, with the names of repeatable files; another instance may
   *     have applied the rest
   * @param hold the hold it stopped at; empty when there is none
   */
  public record Result(List<String> versions, Optional<Hold> hold) {}

  /**
   * What would be applied.
   *
   * @param goal {@code head}, {@code +N} or a version
   * @throws MigrationFailure when a file or the history forbids every upgrade
   */
  public Plan plan(String goal) {
    return plan(goal, hold());
  }

  private Plan plan(String goal, Optional<Hold> hold) {
    MigrationStatus status = MigrationStatus.read(target);
    requireHealthy(status);
    NewSchema.requireNotMadeByOthers(target, status);
    List<Step> wanted = upTo(status, goal);
    List<Step> allowed =
        wanted.stream()
            .filter(step ->
                hold.isEmpty()
                    || (step.version() != null
                        && Versions.compare(step.version(), hold.get().version()) <= 0))
            .toList();
    return new Plan(allowed, allowed.size() == wanted.size() ? Optional.empty() : hold);
  }

  /**
   * How many migrations a run to head would apply.
   *
   * @throws MigrationFailure when a file or the history forbids every upgrade
   */
  public int pendingBelowHold() {
    return target.on(connection -> {
      Optional<Hold> hold = Hold.read(connection, target.schema());
      return FastStatus.at(connection, target)
          .map(status -> status.pendingBelow(hold))
          .orElseGet(() -> plan("head", hold).steps().size());
    });
  }

  /** Applies up to the goal, or up to the hold. */
  public Result run(String goal) {
    if (goal.equals("head")) {
      return toHead();
    }
    Plan plan = plan(goal);
    return plan.steps().isEmpty()
        ? new Result(List.of(), plan.hold())
        : new Result(migrate(plan.steps().getLast().version() + "?", versions(plan)), plan.hold());
  }

  // Every start of a service comes here, mostly with nothing pending: no plan is read, and Flyway
  // is asked only when there is something for it to do.
  private Result toHead() {
    Optional<FastStatus> status =
        target.on(connection -> {
          Optional<FastStatus> seen = FastStatus.at(connection, target);
          if (seen.isPresent() && seen.get().isComplete()) {
            ControlTables.create(connection, target.schema());
            AfterMigrateScripts.run(connection, target);
          }
          return seen;
        });
    if (status.isPresent() && status.get().isComplete()) {
      return new Result(List.of(), Optional.empty());
    }
    Optional<Hold> hold = hold();
    if (hold.isEmpty() && status.isPresent()) {
      return new Result(migrate(LATEST, status.get().pending()), hold);
    }
    Plan plan = plan("head", hold);
    return new Result(
        migrate(hold.map(Hold::flywayTarget).orElse(LATEST), versions(plan)), plan.hold());
  }

  private static List<String> versions(Plan plan) {
    return plan.steps().stream().map(Step::version).filter(Objects::nonNull).toList();
  }

  private List<String> migrate(String flywayTarget, List<String> pending) {
    for (int attempt = 1; ; attempt++) {
      try {
        MigrateResult result =
            FlywaySetup.configure(
                    flywayTarget.equals(LATEST) ? target : target.withoutRepeatables())
                .callbacks(
                    new MigrationWatcher(
                        target, actor, version -> isFingerprinted(version, pending), progress))
                .target(flywayTarget)
                .load()
                .migrate();
        return result.migrations.stream().map(Upgrade::name).toList();
      } catch (FlywayValidateException e) {
        requireHealthy(MigrationStatus.read(target));
        throw FlywayFailures.explain(e, target);
      } catch (FlywayException e) {
        if (attempt == 1 && NewSchema.hasHistoryNow(e, target)) {
          continue;
        }
        if (!DatabaseFailures.isLockTimeout(e) || attempt >= target.limits().attempts()) {
          throw FlywayFailures.explain(e, target);
        }
        pause(attempt, e);
      }
    }
  }

  // Growing, and never the same for two runs that want one lock.
  private void pause(int attempt, FlywayException reason) {
    long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempt, 6));
    long millis = ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
    progress.waiting(attempt, millis, DatabaseFailures.rootMessage(reason));
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationFailure(ExitCode.FAILED, "interrupted while waiting for a lock", e);
    }
  }

  // A repeatable file has no version.
  private static String name(MigrateOutput applied) {
    return applied.version == null || applied.version.isEmpty()
        ? "R__" + applied.description.replace(' ', '_') + ".sql"
        : applied.version;
  }

  private static boolean isFingerprinted(String version, List<String> pending) {
    return pending.size() <= MOST_FINGERPRINTED || version.equals(pending.getLast());
  }

  private static void requireHealthy(MigrationStatus status) {
    if (!status.failed().isEmpty()) {
      String version = status.failed().getFirst().version();
      throw MigrationFailure.refused(
          "version %s failed half-way (it ran outside a transaction): see what it left, then run repair --failed %s"
              .formatted(version, version));
    }
    status.requireNoneMissing();
    if (!status.late().isEmpty()) {
      Step late = status.late().getFirst();
      throw MigrationFailure.refused(
          "%s was merged after a higher version had been applied: run renumber to give it a new version"
              .formatted(late.script()));
    }
  }

  private static List<Step> upTo(MigrationStatus status, String goal) {
    List<Step> pending = status.pending();
    if (goal.equals("head")) {
      return pending;
    }
    if (goal.matches("\\+[1-9][0-9]{0,3}")) {
      List<Step> versioned = pending.stream().filter(step -> step.version() != null).toList();
      return versioned.subList(0, Math.min(versioned.size(), Integer.parseInt(goal.substring(1))));
    }
    Step wanted = Versions.find(status.steps(), goal);
    return pending.stream()
        .filter(step ->
            step.version() != null && Versions.compare(step.version(), wanted.version()) <= 0)
        .toList();
  }

  private Optional<Hold> hold() {
    return target.on(connection -> Hold.read(connection, target.schema()));
  }
}
