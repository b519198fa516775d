package io.a2g.common.migrate.backfill;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.log.ControlTables;
import java.sql.Connection;
import java.sql.SQLException;

/** {@code migration_backfill}: one row for each backfill that was ever started or paused. */
final class BackfillTable {

  private final Sql sql;
  private final String table;

  /** Makes the table when it is missing. */
  BackfillTable(Connection connection, String schema) throws SQLException {
    ControlTables.create(connection, schema);
    this.sql = new Sql(connection);
    this.table = schema + "." + ControlTables.BACKFILL;
  }

  /** How far it is; pending when it was never started. */
  BackfillStatus find(String name) throws SQLException {
    return sql.first(
            "SELECT state, last_key, done_rows, total_rows, error, started_at, finished_at FROM "
                + table
                + " WHERE name = ?",
            row ->
                new BackfillStatus(
                    name,
                    row.getString(1),
                    row.getString(2),
                    row.getLong(3),
                    (Long) row.getObject(4),
                    row.getString(5),
                    Sql.instant(row, 6),
                    Sql.instant(row, 7)),
            name)
        .orElse(BackfillStatus.pending(name));
  }

  /** Marks it running; total is kept from the first start. */
  void start(String name, long total) throws SQLException {
    sql.update(
        "INSERT INTO "
            + table
            + " AS b (name, state, total_rows, started_at) VALUES (?, 'RUNNING', ?, clock_timestamp())"
            + " ON CONFLICT (name) DO UPDATE SET state = 'RUNNING', error = NULL, finished_at = NULL,"
            + " total_rows = coalesce(b.total_rows, excluded.total_rows),"
            + " started_at = coalesce(b.started_at, excluded.started_at),"
            + " updated_at = clock_timestamp()",
        name,
        total);
  }

  /** One batch more, in the transaction of the batch; false when it was paused. */
  boolean advance(String name, String lastKey, long rows) throws SQLException {
    return update(
        "last_key = ?, done_rows = done_rows + ?", "state = 'RUNNING'", lastKey, rows, name);
  }

  void finish(String name) throws SQLException {
    update("state = 'DONE', finished_at = clock_timestamp()", "state = 'RUNNING'", name);
  }

  void fail(String name, String error) throws SQLException {
    update("state = 'FAILED', error = ?", "true", error, name);
  }

  /** False when there is nothing to pause. */
  boolean pause(String name) throws SQLException {
    return update("state = 'PAUSED'", "state IN ('RUNNING', 'PENDING')", name);
  }

  private boolean update(String change, String condition, Object... parameters)
      throws SQLException {
    return sql.update(
            "UPDATE %s SET %s, updated_at = clock_timestamp() WHERE name = ? AND %s"
                .formatted(table, change, condition),
            parameters)
        == 1;
  }
}
