package io.a2g.common.migrate.history;

import io.a2g.common.migrate.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;

/** A file that takes something away waits until the backfill that replaces it is done. */
final class ContractGate {

  private ContractGate() {}

  /**
   * Passes when the file names no backfill, or a done one, or when the schema is new and there is
   * nothing to fill.
   */
  static void require(Connection connection, Target target, String script) throws SQLException {
    String backfill = backfill(target, script).orElse(null);
    if (backfill == null) {
      return;
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT state FROM " + target.schema() + ".migration_backfill WHERE name = ?")) {
      query.setString(1, backfill);
      try (ResultSet row = query.executeQuery()) {
        String state = row.next() ? row.getString(1) : "PENDING";
        if (!state.equals("DONE")) {
          throw new FlywayException(
              "%s waits for the backfill %s, which is %s: run migrate backfill run %s first"
                  .formatted(script, backfill, state, backfill));
        }
      }
    }
  }

  /** The same for a script: a statement that fails when the file may not run; empty when it may. */
  static String guard(Target target, String script) {
    return backfill(target, script)
        .map(backfill ->
            ScriptSql.failWhen(
                "NOT EXISTS (SELECT FROM %s.migration_backfill WHERE name = %s AND state = 'DONE')"
                    .formatted(target.schema(), ScriptSql.literal(backfill)),
                "%s waits for the backfill %s: run migrate backfill run %s first"
                    .formatted(script, backfill, backfill)))
        .orElse("");
  }

  private static Optional<String> backfill(Target target, String script) {
    return target.files().migration(script).flatMap(text -> MigrationHeaders.of(text).backfill());
  }
}
