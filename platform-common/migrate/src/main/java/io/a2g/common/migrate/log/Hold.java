package io.a2g.common.migrate.log;

import static io.a2g.common.database.Sql.literal;

import io.a2g.common.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A version that start-up and upgrade do not go beyond: after an undo the next starting replica
 * would re-apply what was just undone.
 *
 * @param version the highest version that may be applied; 0: none
 * @param actor who set it
 * @param reason why
 * @param since when
 */
public record Hold(String version, String actor, String reason, Instant since) {

  /** The hold in force; empty when there is none. */
  public static Optional<Hold> read(Connection connection, String schema) throws SQLException {
    if (!ControlTables.exist(connection, schema)) {
      return Optional.empty();
    }
    return new Sql(connection)
        .first(
            "SELECT version, actor, reason, since FROM " + schema + ".migration_control",
            row ->
                new Hold(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getObject(4, OffsetDateTime.class).toInstant()));
  }

  /** The statements that set or replace it, with its entry in the log. */
  public static String statements(String schema, String version, String actor, String reason) {
    return """
    INSERT INTO %s.migration_control (name, version, actor, reason)
      VALUES ('hold', %s, %s, %s)
      ON CONFLICT (name) DO UPDATE SET version = excluded.version,
        actor = excluded.actor, reason = excluded.reason, since = clock_timestamp();
    """
            .formatted(schema, literal(version), literal(actor), literal(reason))
        + MigrationLog.insert(schema, LogEntry.of(LogEntry.Action.HELD, version, actor, reason));
  }

  /**
   * Removes it, in the connection's transaction; changes nothing when there is none.
   *
   * @return whether there was one
   */
  public static boolean release(Connection connection, String schema, String actor, String reason)
      throws SQLException {
    boolean released =
        new Sql(connection).update("DELETE FROM " + schema + ".migration_control") > 0;
    if (released) {
      MigrationLog.append(
          connection, schema, LogEntry.of(LogEntry.Action.RELEASED, null, actor, reason));
    }
    return released;
  }

  /** Flyway's target for it: tolerant, because the file of that version may not be here. */
  public String flywayTarget() {
    return version + "?";
  }
}
