package io.a2g.common.migrate.history;

import static io.a2g.common.database.Sql.literal;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.MigrationFiles;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Flyway's history table, read and appended to by rows. Contract tests guard what it relies on: a
 * row of type DELETE takes the version's earlier rows back.
 */
final class HistoryTable {

  /** Takes back the rows before it of the same version. */
  static final String DELETE = "DELETE";

  /** Rows that no undo goes past. */
  private static final Set<String> BASELINES = Set.of("SCHEMA", "BASELINE", "SQL_BASELINE");

  private final Sql sql;
  private final String table;

  HistoryTable(Connection connection, String schema) {
    this.sql = new Sql(connection);
    this.table = schema + "." + FlywaySetup.HISTORY;
  }

  /**
   * The key of the session lock that Flyway holds while it migrates.
   *
   * @param schema of the history table
   */
  static long lockKey(String schema) {
    // The letters "Flyway", plus the hash of the quoted name: PostgreSQLAdvisoryLockTemplate.
    return 0x466C79776179L + "\"%s\".\"%s\"".formatted(schema, FlywaySetup.HISTORY).hashCode();
  }

  /** What Flyway creates, word for word; a contract test compares the two. */
  static String definition(String schema) {
    return """
    CREATE TABLE %1$s.%2$s (
      installed_rank integer       NOT NULL,
      version        varchar(50),
      description    varchar(200)  NOT NULL,
      type           varchar(20)   NOT NULL,
      script         varchar(1000) NOT NULL,
      checksum       integer,
      installed_by   varchar(100)  NOT NULL,
      installed_on   timestamp     NOT NULL DEFAULT now(),
      execution_time integer       NOT NULL,
      success        boolean       NOT NULL,
      CONSTRAINT %2$s_pk PRIMARY KEY (installed_rank)
    );
    CREATE INDEX %2$s_s_idx ON %1$s.%2$s (success);
    """
        .formatted(schema, FlywaySetup.HISTORY);
  }

  /** A row. */
  record Row(
      int rank,
      @Nullable String version,
      String description,
      String type,
      String script,
      @Nullable Integer checksum,
      boolean success) {

    boolean isBaseline() {
      return BASELINES.contains(type);
    }
  }

  boolean exists() throws SQLException {
    return sql.isTrue("SELECT to_regclass(?) IS NOT NULL", table);
  }

  /** All rows, oldest first. */
  List<Row> rows() throws SQLException {
    return sql.list(
        "SELECT installed_rank, version, description, type, script, checksum, success FROM "
            + table
            + " ORDER BY installed_rank",
        row ->
            new Row(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                (Integer) row.getObject(6),
                row.getBoolean(7)));
  }

  /** The versioned rows in force, oldest first. */
  List<Row> live() throws SQLException {
    return live(rows());
  }

  /** Those of all rows that are versioned and in force. */
  static List<Row> live(List<Row> rows) {
    List<Row> live = new ArrayList<>();
    for (Row row : rows) {
      if (row.version() == null) {
        continue;
      }
      if (row.type().equals(DELETE)) {
        live.removeIf(other -> row.version().equals(other.version()));
      } else {
        live.add(row);
      }
    }
    return live;
  }

  /** The repeatable rows in force, oldest first; of one file only the newest. */
  static List<Row> repeatables(List<Row> rows) {
    List<Row> live = new ArrayList<>();
    for (Row row : rows) {
      if (MigrationFiles.isRepeatable(row.script())) {
        live.removeIf(other -> row.script().equals(other.script()));
        if (!row.type().equals(DELETE)) {
          live.add(row);
        }
      }
    }
    return live;
  }

  /**
   * The statement that appends a successful row; its rank follows that of the last one.
   *
   * @param installedBy an expression
   */
  static String insert(String schema, Row row, String installedBy, long millis) {
    return """
    INSERT INTO %1$s (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
      SELECT coalesce(max(installed_rank), 0) + 1, %2$s, %3$s, %4$s, %5$s, %6$s, %7$s, %8$d, true FROM %1$s;
    """
        .formatted(
            schema + "." + FlywaySetup.HISTORY,
            literal(row.version()),
            literal(row.description()),
            literal(row.type()),
            literal(row.script()),
            literal(row.checksum()),
            installedBy,
            millis);
  }

  /** Removes the failed row of a version; false when there is none. */
  boolean removeFailed(String version) throws SQLException {
    return sql.update("DELETE FROM " + table + " WHERE version = ? AND NOT success", version) > 0;
  }

  /** The statement that writes another checksum into a row. */
  static String updateChecksum(String schema, int rank, int checksum) {
    return "UPDATE %s.%s SET checksum = %d WHERE installed_rank = %d;\n"
        .formatted(schema, FlywaySetup.HISTORY, checksum, rank);
  }
}
