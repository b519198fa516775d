package io.a2g.common.migrate.backfill;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code migration_backfill}: one row for each backfill that was ever started or paused. */
final class BackfillTable {

  private final Connection connection;
  private final String table;

  BackfillTable(Connection connection, String schema) {
    this.connection = connection;
    this.table = schema + ".migration_backfill";
  }

  Optional<BackfillStatus> find(String name) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT state, last_key, done_rows, total_rows, error, started_at, finished_at FROM "
                + table
                + " WHERE name = ?")) {
      query.setString(1, name);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        return Optional.of(
            new BackfillStatus(
                name,
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                (Long) row.getObject(4),
                row.getString(5),
                instant(row.getObject(6, OffsetDateTime.class)),
                instant(row.getObject(7, OffsetDateTime.class))));
      }
    }
  }

  /** Marks it running; total is kept from the first start. */
  void start(String name, long total) throws SQLException {
    execute(
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

  /** One batch more, in the transaction of the batch; false when somebody paused it. */
  boolean advance(String name, String lastKey, long rows) throws SQLException {
    return execute(
            "UPDATE "
                + table
                + " SET last_key = ?, done_rows = done_rows + ?, updated_at = clock_timestamp()"
                + " WHERE name = ? AND state = 'RUNNING'",
            lastKey,
            rows,
            name)
        == 1;
  }

  void finish(String name) throws SQLException {
    execute(
        "UPDATE "
            + table
            + " SET state = 'DONE', finished_at = clock_timestamp(), updated_at = clock_timestamp()"
            + " WHERE name = ? AND state = 'RUNNING'",
        name);
  }

  void fail(String name, String error) throws SQLException {
    execute(
        "UPDATE "
            + table
            + " SET state = 'FAILED', error = ?, updated_at = clock_timestamp() WHERE name = ?",
        error,
        name);
  }

  /** False when there is nothing to pause. */
  boolean pause(String name) throws SQLException {
    return execute(
            "UPDATE "
                + table
                + " SET state = 'PAUSED', updated_at = clock_timestamp()"
                + " WHERE name = ? AND state IN ('RUNNING', 'PENDING')",
            name)
        == 1;
  }

  private int execute(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    }
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
