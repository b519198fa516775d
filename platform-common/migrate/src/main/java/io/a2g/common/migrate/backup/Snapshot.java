package io.a2g.common.migrate.backup;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One moment of a schema, which pg_dump is told to use too: the counts are of exactly what is in
 * the file, while others go on writing.
 */
final class Snapshot {

  private final Target target;
  private final Sql sql;

  /** Begins; it lasts until the connection is closed. */
  Snapshot(Target target, Connection connection) throws SQLException {
    this.target = target;
    this.sql = new Sql(connection);
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    // Counting a large table may take longer than a role is usually allowed.
    sql.execute(
        "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0");
    if (sql.text("SELECT to_regnamespace(?)::text", target.schema()) == null) {
      throw MigrationFailure.refused(
          "%s does not exist, so there is nothing to back up: make it with create-schemas"
              .formatted(target.display()));
    }
  }

  /** For pg_dump --snapshot. */
  String id() throws SQLException {
    return String.valueOf(sql.text("SELECT pg_export_snapshot()"));
  }

  /** When it was taken. */
  Instant time() throws SQLException {
    return Instant.ofEpochMilli(sql.number("SELECT (extract(epoch FROM now()) * 1000)::bigint"));
  }

  String serverVersion() throws SQLException {
    return String.valueOf(sql.text("SELECT split_part(current_setting('server_version'), ' ', 1)"));
  }

  int serverMajor() throws SQLException {
    return Integer.parseInt(serverVersion().split("\\D", 2)[0]);
  }

  /** The server's own identity and the database's number there. */
  String databaseId() throws SQLException {
    return String.valueOf(
        sql.text(
            "SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || oid"
                + " FROM pg_database WHERE datname = current_database()"));
  }

  /** The applied version on top; null when nothing is applied. */
  @Nullable String schemaVersion() throws SQLException {
    String history = target.schema() + "." + FlywaySetup.HISTORY;
    if (sql.text("SELECT to_regclass(?)::text", history) == null) {
      return null;
    }
    // The last row of a version tells whether it is applied; DELETE stands for undone.
    return sql.text(
        """
        SELECT version FROM (
          SELECT DISTINCT ON (version) version, type, success, installed_rank
          FROM %s WHERE version IS NOT NULL ORDER BY version, installed_rank DESC) latest
        WHERE success AND type <> 'DELETE' ORDER BY installed_rank DESC LIMIT 1
        """
            .formatted(history));
  }

  Map<String, Long> rows() throws SQLException {
    return TableCounts.of(sql, target.schema());
  }
}
