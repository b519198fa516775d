package io.a2g.common.migrate.history;

import static io.a2g.common.migrate.history.ScriptSql.failWhen;
import static io.a2g.common.migrate.history.ScriptSql.literal;
import static io.a2g.common.migrate.history.ScriptSql.perform;

import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.log.ControlTables;
import io.a2g.common.migrate.log.LogEntry;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A script for psql under construction: a session like the tool's own, then one transaction after
 * another.
 */
final class OfflineScript {

  private static final String NOT_PRINTED = "SET LOCAL client_min_messages = warning;\n";

  private final Target target;
  private final String actor;
  private final StringBuilder text = new StringBuilder();

  OfflineScript(Target target, String actor) {
    this.target = target;
    this.actor = actor;
  }

  /**
   * What every script begins with: it ends at the first error, has the settings of the tool's own
   * sessions and Flyway's lock, and runs only where it was made for.
   *
   * @param what the script does, for its reader
   * @param rank of the newest row of the history; 0: the history is empty or does not exist
   * @param heldAt the hold that the script takes account of; null: there is none
   */
  void begin(String what, int rank, @Nullable String heldAt) {
    text.append(
        """
        -- %s. Made by %s.
        -- Run it with: psql -X -f <this file> <database>. It stops at the first error; every file
        -- is there with its row of the history, or not at all.
        \\set ON_ERROR_STOP on
        SET client_encoding = 'UTF8';
        SET standard_conforming_strings = on;
        """
            .formatted(what, actor));
    target
        .sessionSettings()
        .forEach((name, value) -> text.append("SET %s = %s;\n".formatted(name, literal(value))));
    // As Flyway does.
    text.append(
        perform(
            "set_config('search_path', '\"%s\",' || current_setting('search_path'), false)"
                .formatted(target.schema())));
    text.append(
        failWhen(
            "NOT pg_try_advisory_lock(%d)".formatted(HistoryTable.lockKey(target.schema())),
            "another migration of %s is running: wait for it and run this again"
                .formatted(target.schema())));
    text.append("BEGIN;\n").append(NOT_PRINTED).append(history());
    text.append(ControlTables.definitions(target.schema()));
    text.append(
        failWhen(
            "(SELECT coalesce(max(installed_rank), 0) FROM %s) <> %d".formatted(table(), rank),
            "the history of %s is not what it was when this script was made: make a new one"
                .formatted(target.schema())));
    text.append(
        failWhen(
            "(SELECT version FROM %s.migration_control) IS DISTINCT FROM %s"
                .formatted(target.schema(), literal(heldAt)),
            "%s was held or released since this script was made: make a new one"
                .formatted(target.schema())));
    text.append("COMMIT;\n\n");
  }

  // Also the schema and the row about it, which Flyway makes where nobody ran create-schemas.
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
    Stream.of(statements).forEach(text::append);
    text.append("COMMIT;\n\n");
  }

  /**
   * A file that runs outside a transaction, and its rows after it.
   *
   * @param before what has to hold or to be written before it; may be empty
   */
  void outsideTransaction(String name, String before, String file, String... rows) {
    text.append("-- ").append(name).append(", outside a transaction. When it fails: see what it\n");
    text.append("-- left, such as an invalid index, drop that, and make a new script.\n");
    text.append(before);
    text.append("SET lock_timeout = 0; SET statement_timeout = 0;\n").append(file);
    text.append("BEGIN;\n");
    Stream.of(rows).forEach(text::append);
    text.append("COMMIT;\n\n");
  }

  /**
   * The row of the history.
   *
   * @param installedBy an expression
   */
  String historyRow(HistoryTable.Row row, String installedBy) {
    return """
    INSERT INTO %1$s (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
      SELECT coalesce(max(installed_rank), 0) + 1, %2$s, %3$s, %4$s, %5$s, %6$s, %7$s, 0, true FROM %1$s;
    """
        .formatted(
            table(),
            literal(row.version()),
            literal(row.description()),
            literal(row.type()),
            literal(row.script()),
            literal(row.checksum()),
            installedBy);
  }

  /** The row of the audit. */
  String auditRow(LogEntry entry) {
    return """
    INSERT INTO %s.migration_audit (action, version, script, checksum, undo_checksum, undo_text, actor, reason, detail)
      VALUES (%s);
    """
        .formatted(
            target.schema(),
            Stream.of(
                    entry.action().name(),
                    entry.version(),
                    entry.script(),
                    entry.checksum(),
                    entry.undoChecksum(),
                    entry.undoText(),
                    entry.actor(),
                    entry.reason(),
                    entry.detail())
                .map(ScriptSql::literal)
                .collect(Collectors.joining(", ")));
  }

  /** Sets the hold, with its row of the audit. */
  String hold(String version, String reason) {
    return """
    INSERT INTO %1$s.migration_control (name, version, actor, reason)
      VALUES ('hold', %2$s, %3$s, %4$s)
      ON CONFLICT (name) DO UPDATE SET version = excluded.version,
        actor = excluded.actor, reason = excluded.reason, since = clock_timestamp();
    """
            .formatted(target.schema(), literal(version), literal(actor), literal(reason))
        + auditRow(LogEntry.of(LogEntry.Action.HELD, version, actor, reason));
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
