package io.a2g.common.migrate.history;

import io.a2g.common.migrate.FlywaySetup;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  private final Connection connection;
  private final String table;

  HistoryTable(Connection connection, String schema) {
    this.connection = connection;
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
    try (PreparedStatement query =
        connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      query.setString(1, table);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** All rows, oldest first. */
  List<Row> rows() throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT installed_rank, version, description, type, script, checksum, success FROM "
                    + table
                    + " ORDER BY installed_rank")) {
      while (row.next()) {
        rows.add(
            new Row(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                (Integer) row.getObject(6),
                row.getBoolean(7)));
      }
    }
    return rows;
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

  Optional<Row> failed() throws SQLException {
    return rows().stream().filter(row -> !row.success()).findFirst();
  }

  /**
   * Appends the row that takes a version back.
   *
   * @param undo the undo file's name
   * @param checksum of the undo file
   * @param actor who gave the order
   */
  void appendDelete(Row taken, String undo, @Nullable Integer checksum, String actor, long millis)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(insertDelete())) {
      insert.setString(1, taken.version());
      insert.setString(2, taken.description());
      insert.setString(3, undo);
      insert.setObject(4, checksum, java.sql.Types.INTEGER);
      insert.setString(5, actor);
      insert.setLong(6, millis);
      insert.executeUpdate();
    }
  }

  private String insertDelete() {
    return "INSERT INTO "
        + table
        + " (installed_rank, version, description, type, script, checksum, installed_by,"
        + " execution_time, success) SELECT coalesce(max(installed_rank), 0) + 1, ?, ?, '"
        + DELETE
        + "', ?, ?, ?, ?, true FROM "
        + table;
  }

  /** Appends the row of a version whose file took effect without one. */
  void appendApplied(String version, String script, int checksum) throws SQLException {
    String description =
        script.substring(script.indexOf("__") + 2, script.lastIndexOf('.')).replace('_', ' ');
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO "
                + table
                + " (installed_rank, version, description, type, script, checksum, installed_by,"
                + " execution_time, success) SELECT coalesce(max(installed_rank), 0) + 1, ?, ?,"
                + " 'SQL', ?, ?, current_user, 0, true FROM "
                + table)) {
      insert.setString(1, version);
      insert.setString(2, description);
      insert.setString(3, script);
      insert.setInt(4, checksum);
      insert.executeUpdate();
    }
  }

  /** Removes the failed row of a version; false when there is none. */
  boolean removeFailed(String version) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM " + table + " WHERE version = ? AND NOT success")) {
      delete.setString(1, version);
      return delete.executeUpdate() > 0;
    }
  }

  /** Writes another checksum into the live row of a version. */
  void setChecksum(int rank, int checksum) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE " + table + " SET checksum = ? WHERE installed_rank = ?")) {
      update.setInt(1, checksum);
      update.setInt(2, rank);
      update.executeUpdate();
    }
  }
}
