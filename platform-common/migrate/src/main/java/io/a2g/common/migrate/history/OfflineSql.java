package io.a2g.common.migrate.history;

import static io.a2g.common.migrate.history.ScriptSql.perform;

import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.log.LogEntry;
import io.a2g.common.migrate.log.MigrationLog;
import io.a2g.common.migrate.sql.Statements;
import java.util.List;
import java.util.stream.Collectors;

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
   * @param actor who gives the order, for the log
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
    OfflineScript script =
        OfflineScript.begin(
            target,
            "Upgrade of %s to %s. Made by %s"
                .formatted(target.schema(), steps.getLast().script(), actor));
    steps.forEach(step -> apply(script, step));
    for (String name : AfterMigrateScripts.inScript(target.files())) {
      script.transaction(
          name, perform(AfterMigrateScripts.lock(target.schema())), ScriptSql.file(read(name)));
    }
    script.transaction("declared references", ReferenceRows.sql(target.service()));
    return script.end();
  }

  private void apply(OfflineScript script, Step step) {
    String text = read(step.script());
    String gate = ContractGate.guard(target, step.script()).map(Guard::script).orElse("");
    String records =
        HistoryTable.insert(target.schema(), step.toRow(), "current_user", 0)
            + MigrationLog.insert(
                target.schema(),
                LogEntry.of(
                    LogEntry.Action.APPLIED,
                    target.files(),
                    step.version(),
                    step.script(),
                    step.fileChecksum(),
                    actor));
    if (Statements.inTransaction(target.files(), step.script(), text)) {
      script.transaction(step.script(), gate, ScriptSql.file(text), records);
    } else {
      script.outsideTransaction(step.script(), gate, ScriptSql.file(text), records);
    }
  }

  private String read(String name) {
    return target
        .files()
        .migration(name)
        .orElseThrow(() -> MigrationFailure.refused(name + " cannot be read"));
  }

  /**
   * The script of a downgrade; only a comment when there is nothing to undo.
   *
   * @param versions the newest first
   */
  public String downgrade(List<String> versions, UndoOptions options) {
    if (versions.isEmpty()) {
      return "-- %s: nothing to undo\n".formatted(target.schema());
    }
    List<UndoStep> steps =
        target.on(connection -> UndoStep.of(connection, target, options, versions));
    OfflineScript script =
        OfflineScript.begin(
            target,
            "Undo of %s in %s. Made by %s"
                .formatted(String.join(", ", versions), target.schema(), actor));
    for (UndoStep step : steps) {
      script.transaction(
          step.undo().name(),
          step.guards().stream().map(Guard::script).collect(Collectors.joining()),
          step.statement(),
          step.records(null, null, null));
    }
    return script.end();
  }
}
