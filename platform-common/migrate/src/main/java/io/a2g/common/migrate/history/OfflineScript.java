package io.a2g.common.migrate.history;

import static io.a2g.common.database.Sql.literal;
import static io.a2g.common.migrate.history.ScriptSql.perform;

import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.log.ControlTables;
import io.a2g.common.migrate.log.Hold;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A script for psql under construction: a session like the tool's own, then one transaction after
 * another.
 */
final class OfflineScript {

  private final Target target;
  private final StringBuilder text = new StringBuilder();

  private OfflineScript(Target target) {
    this.target = target;
  }

  /**
   * A script with what each begins with: it ends at the first error, has the settings of the tool's
   * own sessions and Flyway's lock, and runs only where history and hold are as they are now.
   *
   * @param title what the script does and whose order it is, for its reader
   */
  static OfflineScript begin(Target target, String title) {
    OfflineScript script = new OfflineScript(target);
    script.open(title);
    target.on(connection -> {
      script.require(connection);
      return null;
    });
    return script;
  }

  private void open(String title) {
    text.append(
        """
        -- %s.
        -- Run it with: psql -X -f <this file> <database>. It stops at the first error; every file
        -- is there with its row of the history, or not at all.
        \\set ON_ERROR_STOP on
        SET client_encoding = 'UTF8';
        SET standard_conforming_strings = on;
        """
            .formatted(title));
    target
        .allSessionSettings()
        .forEach((name, value) -> text.append("SET %s = %s;\n".formatted(name, literal(value))));
    // As Flyway does.
    text.append(
        perform(
            "set_config('search_path', '\"%s\",' || current_setting('search_path'), false)"
                .formatted(target.schema())));
    guard(
        "NOT pg_try_advisory_lock(%d)".formatted(HistoryTable.lockKey(target.schema())),
        "another migration of %s is running: wait for it and run this again");
    text.append("BEGIN;\nSET LOCAL client_min_messages = warning;\n").append(history());
    text.append(ControlTables.definitions(target.schema()));
  }

  private void require(Connection connection) throws SQLException {
    HistoryTable history = new HistoryTable(connection, target.schema());
    int rank =
        history.exists()
            ? history.rows().stream().mapToInt(HistoryTable.Row::rank).max().orElse(0)
            : 0;
    guard(
        "(SELECT coalesce(max(installed_rank), 0) FROM %s) <> %d".formatted(table(), rank),
        "the history of %s is not what it was when this script was made: make a new one");
    guard(
        "(SELECT version FROM %s.migration_control) IS DISTINCT FROM %s"
            .formatted(
                target.schema(),
                literal(Hold.read(connection, target.schema()).map(Hold::version).orElse(null))),
        "%s was held or released since this script was made: make a new one");
    text.append("COMMIT;\n\n");
  }

  private void guard(String condition, String reason) {
    text.append(Guard.when(condition, reason.formatted(target.schema())).script());
  }

  // Also the schema and the row about it, which Flyway makes where create-schemas was not run.
  private String history() {
    return """
    DO $a2g$
    DECLARE
      made boolean := to_regnamespace('%1$s') IS NULL;
    BEGIN
      IF made THEN
        CREATE SCHEMA %1$s;
      END IF;
      IF to_regclass('%2$s') IS NULL THEN
        %3$s
        IF made THEN
          INSERT INTO %2$s (installed_rank, description, type, script, installed_by, execution_time, success)
            VALUES (0, '<< Flyway Schema Creation >>', 'SCHEMA', '"%1$s"', current_user, 0, true);
        END IF;
      END IF;
    END $a2g$;
    """
        .formatted(
            target.schema(),
            table(),
            HistoryTable.definition(target.schema()).strip().replace("\n", "\n    "));
  }

  /** A file and its rows in one transaction. */
  void transaction(String name, String... statements) {
    text.append("-- ").append(name).append("\nBEGIN;\n");
    text.append(target.limits().setLocal()).append(";\n");
    text.append(String.join("", statements)).append("COMMIT;\n\n");
  }

  /**
   * A file that runs outside a transaction, and its rows after it.
   *
   * @param before what has to hold before it; may be empty
   */
  void outsideTransaction(String name, String before, String file, String records) {
    text.append("-- ").append(name).append(", outside a transaction. When it fails: see what it\n");
    text.append("-- left, such as an invalid index, drop that, and make a new script.\n");
    text.append(before);
    text.append("SET lock_timeout = 0; SET statement_timeout = 0;\n").append(file);
    text.append("BEGIN;\n").append(records).append("COMMIT;\n\n");
  }

  /** The whole script. */
  String end() {
    return text
        + perform("pg_advisory_unlock(%d)".formatted(HistoryTable.lockKey(target.schema())));
  }

  private String table() {
    return target.schema() + "." + FlywaySetup.HISTORY;
  }
}
