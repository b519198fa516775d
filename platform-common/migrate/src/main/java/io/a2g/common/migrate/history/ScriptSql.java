package io.a2g.common.migrate.history;

import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.log.ControlTables;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pieces of SQL for scripts that psql runs. */
final class ScriptSql {

  private ScriptSql() {}

  /** A string or number as a literal; null: NULL. */
  static String literal(@Nullable Object value) {
    return switch (value) {
      case null -> "NULL";
      case Number number -> number.toString();
      default -> "'" + value.toString().replace("'", "''") + "'";
    };
  }

  /** The tables that the tool and Flyway made for themselves, for {@code NOT IN}. */
  static String toolTables() {
    return Stream.concat(ControlTables.ALL.stream(), Stream.of(FlywaySetup.HISTORY))
        .map(ScriptSql::literal)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** A call whose result nobody wants to read; psql would print that of a SELECT. */
  static String perform(String call) {
    return block("PERFORM " + call + ";");
  }

  /** Ends the script when a condition is true. */
  static String failWhen(String condition, String message) {
    return block(
        "IF %s THEN RAISE EXCEPTION USING MESSAGE = %s; END IF;"
            .formatted(condition, literal(message)));
  }

  /** Statements of PL/pgSQL. */
  static String block(String body) {
    return "DO $a2g$ BEGIN " + body + " END $a2g$;\n";
  }

  /** A file's text, so that another statement can follow it. */
  static String file(String text) {
    String stripped = text.strip();
    String lastLine = stripped.substring(stripped.lastIndexOf('\n') + 1);
    boolean ended = stripped.endsWith(";") && !lastLine.contains("--");
    return stripped + (ended ? "\n" : "\n;\n");
  }
}
