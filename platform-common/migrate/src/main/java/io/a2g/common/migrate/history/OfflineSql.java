package io.a2g.common.migrate.history;

import static io.a2g.common.migrate.history.ScriptSql.failWhen;
import static io.a2g.common.migrate.history.ScriptSql.literal;
import static io.a2g.common.migrate.history.ScriptSql.perform;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.log.ControlTables;
import io.a2g.common.migrate.log.Hold;
import io.a2g.common.migrate.log.LogEntry;
import io.a2g.common.migrate.log.LogEntry.Action;
import io.a2g.common.migrate.log.MigrationLog;
import io.a2g.common.migrate.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What an upgrade or a downgrade would send, as a script for psql, with the rows that the tool
 * would write: afterwards Flyway and the tool find everything as if they had done it. Only
 * fingerprints are missing.
 */
public final class OfflineSql {

  private final Target target;
  private final String actor;

  /**
   * For one target.
   *
   * @param actor who stands in the audit, and in the history as the one who undid
   */
  public OfflineSql(Target target, String actor) {
    this.target = target;
    this.actor = actor;
  }

  /** The script of an upgrade; only a comment when there is nothing to apply. */
  public String upgrade(List<Step> steps) {
    if (steps.isEmpty()) {
      return "-- %s: nothing to apply\n".formatted(target.schema());
    }
    OfflineScript script = new OfflineScript(target, actor);
    try (Connection connection = target.connect()) {
      HistoryTable history = new HistoryTable(connection, target.schema());
      script.begin(
          "Upgrade of %s to %s".formatted(target.schema(), steps.getLast().script()),
          history.exists() ? newest(history.rows()) : 0,
          Hold.read(connection, target.schema()).map(Hold::version).orElse(null));
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, target);
    }
    steps.forEach(step -> apply(script, step));
    for (String name : AfterMigrateScripts.inScript(target.files())) {
      script.transaction(
          name, perform(AfterMigrateScripts.lock(target.schema())), ScriptSql.file(read(name)));
    }
    return script.end();
  }

  private void apply(OfflineScript script, Step step) {
    String text = read(step.script());
    String gate = ContractGate.guard(target, step.script());
    String history =
        script.historyRow(
            new HistoryTable.Row(
                0,
                step.version(),
                step.description(),
                step.type(),
                step.script(),
                step.fileChecksum(),
                true),
            "current_user");
    String undo = target.files().undo(step.script()).orElse(null);
    String audit =
        script.auditRow(
            new LogEntry(
                Action.APPLIED,
                step.version(),
                step.script(),
                step.fileChecksum(),
                undo == null ? null : Checksum.of(undo),
                undo,
                null,
                null,
                null,
                actor,
                null,
                null));
    String file = ScriptSql.file(text);
    if (Statements.inTransaction(target.files(), step.script(), text)) {
      script.transaction(step.script(), gate, file, history, audit);
    } else {
      script.outsideTransaction(step.script(), gate, file, history, audit);
    }
  }

  private String read(String name) {
    String text =
        target
            .files()
            .migration(name)
            .orElseThrow(() -> MigrationFailure.refused(name + " cannot be read"));
    if (text.contains("${")) {
      throw MigrationFailure.refused(
          "%s has a placeholder (${…}), which only Flyway fills in: run upgrade without --sql"
              .formatted(name));
    }
    return text;
  }

  /**
   * The script of a downgrade; only a comment when there is nothing to undo.
   *
   * @param versions first one first
   */
  public String downgrade(List<String> versions, UndoOptions order) {
    if (versions.isEmpty()) {
      return "-- %s: nothing to undo\n".formatted(target.schema());
    }
    OfflineScript script = new OfflineScript(target, actor);
    try (Connection connection = target.connect()) {
      HistoryTable history = new HistoryTable(connection, target.schema());
      Optional<Hold> hold = Hold.read(connection, target.schema());
      script.begin(
          "Undo of %s in %s".formatted(String.join(", ", versions), target.schema()),
          newest(history.rows()),
          hold.map(Hold::version).orElse(null));
      new UndoChecks(connection, target, order).requireUndoable(history, versions.getFirst());
      List<HistoryTable.Row> live = history.live();
      for (String version : versions) {
        HistoryTable.Row top = UndoChecks.requireUndoFile(live.removeLast());
        String left = live.isEmpty() ? "0" : String.valueOf(live.getLast().version());
        undo(
            script,
            UndoText.choose(target, order, top, applied(connection, version)),
            top,
            left,
            order);
      }
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, target);
    }
    return script.end();
  }

  private Optional<MigrationLog.Applied> applied(Connection connection, String version)
      throws SQLException {
    return ControlTables.exist(connection, target.schema())
        ? MigrationLog.lastApplied(connection, target.schema(), version)
        : Optional.empty();
  }

  private void undo(
      OfflineScript script, UndoText undo, HistoryTable.Row top, String left, UndoOptions order) {
    String version = String.valueOf(top.version());
    String reason = order.reason();
    String history =
        script.historyRow(
            new HistoryTable.Row(
                0,
                version,
                top.description(),
                HistoryTable.DELETE,
                undo.name(),
                undo.checksum(),
                true),
            literal(actor));
    String audit =
        script.auditRow(
            new LogEntry(
                Action.UNDONE,
                version,
                undo.name(),
                top.checksum(),
                undo.checksum(),
                undo.text(),
                null,
                null,
                null,
                actor,
                reason,
                null));
    String hold = script.hold(left, "undo of %s: %s".formatted(version, reason));
    String idle =
        failWhen(
            "EXISTS (SELECT FROM %s.migration_backfill WHERE state = 'RUNNING')"
                .formatted(target.schema()),
            "a backfill is running: pause it first");
    if (!order.force()) {
      idle +=
          failWhen(
              "EXISTS (SELECT %s)".formatted(UndoChecks.fromSessions(target)),
              "%s is connected and may need what is undone: stop it or roll its code back, then make the script with --force"
                  .formatted(target.service().name()));
    }
    String file = ScriptSql.file(undo.text());
    String rehearsal = ScriptedRehearsal.of(target, order, version, file);
    script.transaction(undo.name(), idle, rehearsal, file, history, audit, hold);
  }

  private static int newest(List<HistoryTable.Row> rows) {
    return rows.stream().mapToInt(HistoryTable.Row::rank).max().orElse(0);
  }
}
