package io.a2g.common.migrate.history;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Who took a migration back, and when. Flyway keeps a row about it and shows it to nobody.
 *
 * @param by who gave the order
 */
public record Undone(String by, Instant on) {

  /**
   * Reads the history.
   *
   * @return rank of the row that was taken back → who did
   */
  public static Map<Integer, Undone> read(Target target) {
    try (Connection connection = target.connect()) {
      return new HistoryTable(connection, target.schema()).exists()
          ? read(connection, target.schema() + "." + FlywaySetup.HISTORY)
          : Map.of();
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, target);
    }
  }

  private static Map<Integer, Undone> read(Connection connection, String table)
      throws SQLException {
    Map<Integer, Undone> undone = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT DISTINCT ON (taken.installed_rank)
                  taken.installed_rank, undo.installed_by, undo.installed_on
                FROM %1$s taken
                JOIN %1$s undo ON undo.version = taken.version AND undo.type = '%2$s'
                  AND undo.installed_rank > taken.installed_rank
                WHERE taken.type <> '%2$s'
                ORDER BY taken.installed_rank, undo.installed_rank
                """
                    .formatted(table, HistoryTable.DELETE))) {
      while (row.next()) {
        // Without a zone, in that of this session, as Flyway reads and writes it.
        undone.put(row.getInt(1), new Undone(row.getString(2), row.getTimestamp(3).toInstant()));
      }
    }
    return undone;
  }
}
