package io.a2g.common.migrate.log;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * An undo outside a transaction that began and was not finished: the version still counts as
 * applied, and part of it may be gone. Until it is finished nothing else may change the schema.
 *
 * @param version that is being taken back
 * @param actor who began
 * @param since when
 */
public record StartedUndo(String version, String actor, Instant since) {

  /** The one that nobody has finished; empty when there is none. */
  public static Optional<StartedUndo> read(Connection connection, String schema)
      throws SQLException {
    if (!ControlTables.exist(connection, schema)) {
      return Optional.empty();
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT s.version, s.actor, s.happened_at FROM %1$s.migration_audit s
                WHERE s.action = 'UNDO_STARTED' AND NOT EXISTS (
                  SELECT FROM %1$s.migration_audit e
                  WHERE e.version = s.version AND e.id > s.id
                    AND e.action IN ('UNDO_STARTED', 'UNDO_WITHOUT_EFFECT', 'UNDONE', 'APPLIED'))
                ORDER BY s.id DESC LIMIT 1
                """
                    .formatted(schema))) {
      return row.next()
          ? Optional.of(
              new StartedUndo(
                  row.getString(1),
                  row.getString(2),
                  row.getObject(3, OffsetDateTime.class).toInstant()))
          : Optional.empty();
    }
  }

  /** The same over a connection of its own. */
  public static Optional<StartedUndo> read(Target target) {
    try (Connection connection = target.connect()) {
      return read(connection, target.schema());
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, target);
    }
  }

  /**
   * Passes when there is none.
   *
   * @throws MigrationFailure REFUSED, naming the way out
   */
  public static void requireNone(Connection connection, String schema) throws SQLException {
    Optional<StartedUndo> started = read(connection, schema);
    if (started.isPresent()) {
      throw MigrationFailure.refused(
          "the undo of %s, which %s began at %s, is not finished: run downgrade --resume first"
              .formatted(started.get().version(), started.get().actor(), started.get().since()));
    }
  }
}
