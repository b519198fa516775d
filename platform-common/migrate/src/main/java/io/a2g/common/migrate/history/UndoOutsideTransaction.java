package io.a2g.common.migrate.history;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.log.LogEntry;
import io.a2g.common.migrate.log.LogEntry.Action;
import io.a2g.common.migrate.log.MigrationLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The part of an undo that PostgreSQL does not run in a transaction, such as DROP INDEX
 * CONCURRENTLY. That it began is committed first. Interrupted at any point it can be run again: an
 * index statement that has taken effect is passed over.
 */
final class UndoOutsideTransaction {

  private final Connection connection;
  private final Target target;
  private final UndoOptions order;
  private final UndoText undo;
  private final String version;

  UndoOutsideTransaction(
      Connection connection, Target target, UndoOptions order, UndoText undo, String version) {
    this.connection = connection;
    this.target = target;
    this.order = order;
    this.undo = undo;
    this.version = version;
  }

  /**
   * Runs it, with the connection's transaction committed before and another one open afterwards.
   *
   * @param intact the fingerprint of the schema that has the version whole; null: not known
   */
  void run(@Nullable String intact) throws SQLException {
    IndexStatement index = IndexStatement.of(undo.text()).orElse(null);
    append(Action.UNDO_STARTED);
    connection.commit();
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      // An index that is being made is not given up for a lock: a half of it would stay.
      boolean patient = index != null && index.creates();
      statement.execute(
          "SET lock_timeout = %d; SET statement_timeout = 0"
              .formatted(patient ? 0 : target.limits().lock().toMillis()));
      if (!isDone(index)) {
        statement.execute(undo.text());
      }
    } catch (SQLException e) {
      throw failure(e, intact);
    }
    connection.setAutoCommit(false);
  }

  private boolean isDone(@Nullable IndexStatement index) throws SQLException {
    if (index == null) {
      return false;
    }
    IndexEffect effect = new IndexEffect(connection, target.schema());
    IndexEffect.Found found = effect.glance(index);
    if (found == IndexEffect.Found.HALF && index.creates()) {
      effect.dropHalf(index);
    }
    return found == IndexEffect.Found.ALL;
  }

  private MigrationFailure failure(SQLException e, @Nullable String intact) {
    boolean lock = DatabaseFailures.isLockTimeout(e);
    boolean gone = DatabaseFailures.explain(e, target).exitCode() == ExitCode.UNREACHABLE;
    ExitCode code = lock ? ExitCode.LOCK_BUSY : gone ? ExitCode.UNREACHABLE : ExitCode.FAILED;
    String said = DatabaseFailures.oneLine(e);
    return new MigrationFailure(
        code,
        hadNoEffect(intact)
            ? "%s changed nothing, %s is still applied%s: %s"
                .formatted(
                    undo.name(),
                    version,
                    lock ? "; somebody uses the table, run it again later" : "",
                    said)
            : "%s was interrupted outside a transaction, %s is undone in part (%s): run downgrade --resume%s; until then nothing else changes %s"
                .formatted(
                    undo.name(),
                    version,
                    said,
                    lock ? " when nobody uses the table any more" : "",
                    target.schema()),
        e);
  }

  // A new look at the schema, by a session that may be dead: not knowing means unfinished.
  private boolean hadNoEffect(@Nullable String intact) {
    try {
      if (intact == null || !intact.equals(SchemaState.fingerprint(connection, target))) {
        return false;
      }
      append(Action.UNDO_WITHOUT_EFFECT);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private void append(Action action) throws SQLException {
    MigrationLog.append(
        connection,
        target.schema(),
        new LogEntry(
            action,
            version,
            undo.name(),
            null,
            undo.checksum(),
            undo.text(),
            null,
            null,
            null,
            order.actor(),
            order.reason(),
            null));
  }
}
