package io.a2g.common.migrate.history;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.log.Hold;
import io.a2g.common.migrate.log.LogEntry;
import io.a2g.common.migrate.log.LogEntry.Action;
import io.a2g.common.migrate.log.MigrationLog;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** What an operator tells the history by hand: each is narrow, locked and logged. */
public final class Corrections {

  private final Target target;
  private final String actor;

  /** For one target. */
  public Corrections(Target target, String actor) {
    this.target = target;
    this.actor = actor;
  }

  /**
   * Records versions as applied without running them.
   *
   * @param goal head or a version
   * @param reason why the schema is known to be there already
   * @return the versions recorded
   */
  public List<String> stamp(String goal, String reason) {
    MigrationStatus status = MigrationStatus.read(target);
    String wanted =
        goal.equals("head")
            ? "latest"
            : String.valueOf(Versions.find(status.steps(), goal).version());
    List<String> stamped;
    try {
      stamped =
          FlywaySetup.configure(goal.equals("head") ? target : target.withoutRepeatables())
              .skipExecutingMigrations(true)
              .skipDefaultCallbacks(true)
              .target(wanted)
              .load()
              .migrate()
              .migrations
              .stream()
              .map(migration -> migration.version)
              .filter(version -> version != null && !version.isEmpty())
              .toList();
    } catch (FlywayException e) {
      throw FlywayFailures.explain(e, target);
    }
    execute(
        stamped.stream()
            .map(version -> entry(Action.STAMPED, version, reason))
            .collect(Collectors.joining()));
    return stamped;
  }

  /** Accepts the file of an applied version as it is now; for edits that change nothing. */
  public void acceptChecksum(String given, String reason) {
    Step step = Versions.find(MigrationStatus.read(target).steps(), given);
    Integer checksum = step.fileChecksum();
    if (checksum == null || !step.isLive()) {
      throw MigrationFailure.refused("%s is not applied, or its file is not here".formatted(given));
    }
    execute(
        HistoryTable.updateChecksum(target.schema(), step.rank(), checksum)
            + entry(Action.CHECKSUM_ACCEPTED, step.version(), reason));
  }

  /** Holds the schema at a version, or at the one on top. */
  public String hold(String given, String reason) {
    MigrationStatus status = MigrationStatus.read(target);
    String version =
        given.equals("current")
            ? status.current().map(step -> String.valueOf(step.version())).orElse("0")
            : String.valueOf(Versions.find(status.steps(), given).version());
    execute(Hold.statements(target.schema(), version, actor, reason));
    return version;
  }

  /**
   * Ends the hold.
   *
   * @return whether there was one
   */
  public boolean release(String reason) {
    return LockedSchema.on(
        target, connection -> Hold.release(connection, target.schema(), actor, reason));
  }

  private String entry(Action action, @Nullable String version, String reason) {
    return MigrationLog.insert(target.schema(), LogEntry.of(action, version, actor, reason));
  }

  private void execute(String statements) {
    LockedSchema.on(
        target,
        connection -> {
          new Sql(connection).execute(statements);
          return null;
        });
  }

  /**
   * Waits until a version is applied.
   *
   * @throws MigrationFailure PENDING when it is not in time
   */
  public static void await(Target target, String given, Duration timeout) {
    String wanted = given.equals("head") ? "head" : Versions.normal(given);
    long end = System.nanoTime() + timeout.toNanos();
    while (!isThere(target, wanted)) {
      if (System.nanoTime() > end) {
        throw new MigrationFailure(
            ExitCode.PENDING,
            "%s is not at %s after %d s: has the migrate step run?"
                .formatted(target.display(), given, timeout.toSeconds()));
      }
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new MigrationFailure(ExitCode.FAILED, "interrupted while waiting", e);
      }
    }
  }

  private static boolean isThere(Target target, String wanted) {
    try {
      MigrationStatus status = MigrationStatus.read(target);
      return wanted.equals("head")
          ? status.pending().isEmpty() && status.failed().isEmpty()
          : status.steps().stream()
              .anyMatch(step -> step.isLive() && wanted.equals(step.version()));
    } catch (MigrationFailure e) {
      if (e.exitCode() == ExitCode.UNREACHABLE) {
        return false;
      }
      throw e;
    }
  }
}
