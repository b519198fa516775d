package io.a2g.common.migrate.history;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.audit.Audit;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * What an upgrade or a downgrade would send, as a script for {@code psql -v ON_ERROR_STOP=1}, with
 * the rows of the history, so that Flyway finds everything in order afterwards.
 */
public final class OfflineSql {

  private final Target target;
  private final String actor;

  /**
   * For one target.
   *
   * @param actor who stands in the history as the installer
   */
  public OfflineSql(Target target, String actor) {
    this.target = target;
    this.actor = actor;
  }

  /** The script of an upgrade; empty when nothing is pending. */
  public String upgrade(List<Step> steps) {
    StringBuilder script = new StringBuilder();
    for (Step step : steps) {
      if (step.version() == null) {
        continue;
      }
      String text =
          target
              .files()
              .migration(step.script())
              .orElseThrow(() -> MigrationFailure.refused(step.script() + " cannot be read"));
      append(
          script,
          step.script(),
          text,
          isTransactional(step.script(), text),
          history(
              String.valueOf(step.version()),
              step.description(),
              "SQL",
              step.script(),
              Checksum.of(text)));
    }
    return script.toString();
  }

  /** The script of a downgrade of these versions, first one first. */
  public String downgrade(List<String> versions) {
    StringBuilder script = new StringBuilder();
    try (Connection connection = target.connect()) {
      List<HistoryTable.Row> live = new HistoryTable(connection, target.schema()).live();
      for (String version : versions) {
        HistoryTable.Row row =
            live.stream().filter(r -> version.equals(r.version())).findFirst().orElseThrow();
        UndoText undo =
            UndoText.choose(
                target,
                UndoOrder.careful(actor, "offline"),
                row,
                Audit.lastApplied(connection, target.schema(), version));
        append(
            script,
            undo.name(),
            undo.text(),
            undo.inTransaction(),
            history(version, row.description(), HistoryTable.DELETE, undo.name(), undo.checksum()));
      }
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, target);
    }
    return script.toString();
  }

  private void append(
      StringBuilder script, String name, String text, boolean transactional, String history) {
    script.append("-- ").append(name).append('\n');
    String lock =
        "SELECT pg_advisory_xact_lock(%d);\n".formatted(HistoryTable.lockKey(target.schema()));
    if (transactional) {
      script
          .append("BEGIN;\n")
          .append(lock)
          .append("SET LOCAL lock_timeout = '%dms';\n".formatted(target.limits().lock().toMillis()))
          .append(text.strip())
          .append("\n")
          .append(history)
          .append("COMMIT;\n\n");
    } else {
      script.append(text.strip()).append("\n").append(history).append('\n');
    }
  }

  private String history(
      String version, String description, String type, String file, int checksum) {
    return """
    INSERT INTO %1$s.%2$s (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
      SELECT coalesce(max(installed_rank), 0) + 1, %3$s, %4$s, '%5$s', %6$s, %7$d, current_user, 0, true FROM %1$s.%2$s;
    """
        .formatted(
            target.schema(),
            FlywaySetup.HISTORY,
            literal(version),
            literal(description),
            type,
            literal(file),
            checksum);
  }

  private boolean isTransactional(String script, String text) {
    return !target.files().runsOutsideTransaction("migration/" + script)
        && !text.toUpperCase(Locale.ROOT).contains(" CONCURRENTLY ");
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
