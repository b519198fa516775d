package io.a2g.common.migrate.history;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.log.MigrationLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.postgresql.util.PSQLException;

/** The undo of the version on top, in one transaction under Flyway's lock. */
final class Undo {

  private final Target target;
  private final UndoOptions options;
  private final Progress progress;
  private final KnownStates states;

  Undo(Target target, UndoOptions options, Progress progress, KnownStates states) {
    this.target = target;
    this.options = options;
    this.progress = progress;
    this.states = states;
  }

  private record Done(UndoStep step, long millis) {}

  /**
   * Undoes it, or changes nothing.
   *
   * @param version the version that was on top when the order was planned
   * @return the version on top afterwards; 0 when nothing is applied
   */
  String run(String version) {
    Done done = LockedSchema.on(target, connection -> run(connection, version));
    progress.undone(version, done.step().row().description(), done.millis());
    return done.step().left();
  }

  private Done run(Connection connection, String version) throws SQLException {
    UndoStep step = UndoStep.of(connection, target, options, List.of(version)).getFirst();
    for (Guard guard : step.guards()) {
      guard.require(connection);
    }
    Optional<MigrationLog.Applied> applied = withStates(step.applied(), version);
    String before = SchemaState.fingerprint(connection, target);
    requireState(
        applied.map(MigrationLog.Applied::fingerprintAfter),
        before,
        "the schema was changed by hand since %s was applied: run drift, or --allow-difference if you know what it is"
            .formatted(version));

    long started = System.nanoTime();
    execute(connection, step);
    String after = SchemaState.fingerprint(connection, target);
    long millis = (System.nanoTime() - started) / 1_000_000;
    requireState(
        applied.map(MigrationLog.Applied::fingerprintBefore),
        after,
        "the undo of %s does not bring the schema back to what it was before; nothing was changed (--allow-difference keeps it)"
            .formatted(version));
    new Sql(connection).execute(step.records(before, after, millis));
    return new Done(step, millis);
  }

  private void execute(Connection connection, UndoStep step) throws SQLException {
    try {
      new Sql(connection).execute(step.statement());
    } catch (PSQLException e) {
      if (GuardedUndo.REFUSED.equals(e.getSQLState()) && e.getServerErrorMessage() != null) {
        throw MigrationFailure.refused(String.valueOf(e.getServerErrorMessage().getMessage()));
      }
      MigrationFailure failure = DatabaseFailures.explain(e, target);
      if (failure.exitCode() == ExitCode.LOCK_BUSY || failure.exitCode() == ExitCode.UNREACHABLE) {
        throw failure;
      }
      throw new MigrationFailure(
          ExitCode.FAILED,
          "%s failed and was rolled back, %s is still applied: %s"
              .formatted(step.undo().name(), step.version(), DatabaseFailures.oneLine(e)),
          e);
    }
  }

  // A run of many files takes no fingerprints, and what is applied without the tool has none. Then
  // the states are found out now, because an undo that compares nothing must not look like one
  // that does.
  private Optional<MigrationLog.Applied> withStates(
      Optional<MigrationLog.Applied> stored, String version) {
    if (options.allowDifference()
        || stored
            .filter(a -> a.fingerprintBefore() != null && a.fingerprintAfter() != null)
            .isPresent()) {
      return stored;
    }
    String reason;
    try {
      Optional<MigrationLog.Applied> found = states.of(version);
      if (found.filter(a -> a.fingerprintBefore() != null).isPresent()) {
        return found;
      }
      reason = "its file is not here";
    } catch (MigrationFailure e) {
      reason = String.valueOf(e.getMessage());
    }
    throw MigrationFailure.refused(
        "no fingerprint recorded for %s, and none can be found out now (%s): --allow-difference undoes it without comparing"
            .formatted(version, reason));
  }

  private void requireState(Optional<String> expected, String found, String refusal) {
    if (!options.allowDifference() && expected.filter(e -> !Objects.equals(e, found)).isPresent()) {
      throw MigrationFailure.refused(refusal);
    }
  }
}
