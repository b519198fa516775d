package io.a2g.common.migrate.history;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.catalogue.Catalogue;
import io.a2g.common.migrate.log.Hold;
import io.a2g.common.migrate.log.LogEntry;
import io.a2g.common.migrate.log.MigrationLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The undo of the version on top. */
final class Undo {

  private final Target target;
  private final UndoOptions order;
  private final Progress progress;
  private final KnownStates states;

  Undo(Target target, UndoOptions order, Progress progress, KnownStates states) {
    this.target = target;
    this.order = order;
    this.progress = progress;
    this.states = states;
  }

  /**
   * Undoes it, or changes nothing.
   *
   * @param version the version that was on top when the order was planned
   * @return the version on top afterwards; null when nothing is applied
   */
  @Nullable String run(String version) {
    try (LockedSchema locked = LockedSchema.take(target)) {
      return run(locked.connection(), version);
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, target);
    }
  }

  private @Nullable String run(Connection connection, String version) throws SQLException {
    HistoryTable history = new HistoryTable(connection, target.schema());
    HistoryTable.Row top = new UndoChecks(connection, target, order).requireTop(history, version);
    Optional<MigrationLog.Applied> stored =
        MigrationLog.lastApplied(connection, target.schema(), version);
    UndoText undo = UndoText.choose(target, order, top, stored);
    Optional<MigrationLog.Applied> applied = withStates(stored, version);
    Catalogue before = SchemaState.read(connection, target);
    requireKnownState(applied, before, version);

    long started = System.nanoTime();
    PublishedFunctions published = PublishedFunctions.read(connection, target);
    Catalogue after = execute(connection, undo, before, version);
    if (!order.force()) {
      published.requireKept(PublishedFunctions.read(connection, target), version);
    }
    long millis = (System.nanoTime() - started) / 1_000_000;
    requireOldState(applied, after, version);

    history.appendDelete(top, undo.name(), undo.checksum(), order.actor(), millis);
    MigrationLog.append(
        connection,
        target.schema(),
        new LogEntry(
            LogEntry.Action.UNDONE,
            version,
            undo.name(),
            top.checksum(),
            undo.checksum(),
            undo.text(),
            before.fingerprint(),
            after.fingerprint(),
            millis,
            order.actor(),
            order.reason(),
            null));
    List<HistoryTable.Row> left = history.live();
    String current = left.isEmpty() ? null : left.getLast().version();
    Hold.set(
        connection,
        target.schema(),
        current == null ? "0" : current,
        order.actor(),
        "undo of %s: %s".formatted(version, order.reason()));
    connection.commit();
    progress.undone(version, top.description(), millis);
    return current;
  }

  private Catalogue execute(Connection connection, UndoText undo, Catalogue before, String version)
      throws SQLException {
    var start = connection.setSavepoint();
    run(connection, undo, version);
    Catalogue after = SchemaState.read(connection, target);
    DataLoss loss = DataLoss.between(before, after);
    if (!loss.isPossible()) {
      return after;
    }
    // Only now is it known what goes; count it as it was, then do it again.
    connection.rollback(start);
    loss.requireNone(connection, target.schema(), order);
    run(connection, undo, version);
    return SchemaState.read(connection, target);
  }

  private void run(Connection connection, UndoText undo, String version) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(undo.text());
    } catch (SQLException e) {
      connection.rollback();
      if (DatabaseFailures.isLockTimeout(e)) {
        throw DatabaseFailures.explain(e, target);
      }
      throw new MigrationFailure(
          ExitCode.FAILED,
          "%s failed and was rolled back, %s is still applied: %s"
              .formatted(undo.name(), version, DatabaseFailures.oneLine(e)),
          e);
    }
  }

  // A run of many files takes no fingerprints, and what is applied without the tool has none. Then
  // the states are found out now, because an undo that compares nothing must not look like one
  // that does.
  private Optional<MigrationLog.Applied> withStates(
      Optional<MigrationLog.Applied> stored, String version) {
    boolean complete =
        stored
            .filter(a -> a.fingerprintBefore() != null && a.fingerprintAfter() != null)
            .isPresent();
    if (complete || order.allowDifference()) {
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

  private void requireKnownState(
      Optional<MigrationLog.Applied> applied, Catalogue live, String version) {
    String expected = applied.map(MigrationLog.Applied::fingerprintAfter).orElse(null);
    if (expected != null && !expected.equals(live.fingerprint()) && !order.allowDifference()) {
      throw MigrationFailure.refused(
          "the schema was changed by hand since %s was applied: run drift, or --allow-difference if you know what it is"
              .formatted(version));
    }
  }

  private void requireOldState(
      Optional<MigrationLog.Applied> applied, Catalogue after, String version) {
    String expected = applied.map(MigrationLog.Applied::fingerprintBefore).orElse(null);
    if (expected == null || expected.equals(after.fingerprint()) || order.allowDifference()) {
      return;
    }
    throw MigrationFailure.refused(
        "the undo of %s does not bring the schema back to what it was before; nothing was changed (--allow-difference keeps it)"
            .formatted(version));
  }
}
