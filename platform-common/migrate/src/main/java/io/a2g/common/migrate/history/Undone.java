package io.a2g.common.migrate.history;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.Target;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Who took a migration back, and when. Flyway keeps a row about it and does not show it.
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
    return target.on(connection ->
        new HistoryTable(connection, target.schema()).exists()
            ? read(new Sql(connection), target.schema() + "." + FlywaySetup.HISTORY)
            : Map.of());
  }

  private static Map<Integer, Undone> read(Sql sql, String table) throws SQLException {
    Map<Integer, Undone> undone = new HashMap<>();
    String query =
        """
        SELECT DISTINCT ON (taken.installed_rank)
          taken.installed_rank, undo.installed_by, undo.installed_on
        FROM %1$s taken
        JOIN %1$s undo ON undo.version = taken.version AND undo.type = '%2$s'
          AND undo.installed_rank > taken.installed_rank
        WHERE taken.type <> '%2$s'
        ORDER BY taken.installed_rank, undo.installed_rank
        """
            .formatted(table, HistoryTable.DELETE);
    // Without a zone, in that of this session, as Flyway reads and writes it.
    sql.list(
        query,
        row ->
            undone.put(
                row.getInt(1), new Undone(row.getString(2), row.getTimestamp(3).toInstant())));
    return undone;
  }
}
