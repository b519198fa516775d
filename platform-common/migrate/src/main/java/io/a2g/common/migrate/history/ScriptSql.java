package io.a2g.common.migrate.history;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.log.ControlTables;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pieces of SQL for scripts that psql runs. */
final class ScriptSql {

  private ScriptSql() {}

  /** The tables that the tool and Flyway made for themselves, for {@code NOT IN}. */
  static String toolTables() {
    return Stream.concat(ControlTables.ALL.stream(), Stream.of(FlywaySetup.HISTORY))
        .map(Sql::literal)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** A call without its result; psql would print that of a SELECT. */
  static String perform(String call) {
    return "DO $a2g$ BEGIN PERFORM %s; END $a2g$;\n".formatted(call);
  }

  /** A file's text, so that another statement can follow it. */
  static String file(String text) {
    String stripped = text.strip();
    String lastLine = stripped.substring(stripped.lastIndexOf('\n') + 1);
    boolean ended = stripped.endsWith(";") && !lastLine.contains("--");
    return stripped + (ended ? "\n" : "\n;\n");
  }
}
