package io.a2g.common.migrate.schemas;

import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.topology.PlatformSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One role's attempts to use what belongs to another schema. Every statement is really run, and
 * rolled back; it counts as refused only when PostgreSQL says "insufficient privilege".
 */
final class Intrusions implements AutoCloseable {

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private final PlatformSchema intruder;
  private final Connection connection;

  /**
   * Logs in, after a superuser has given the role what it lacks to even try a foreign key: a table
   * of its own. So the key's target is what PostgreSQL refuses.
   */
  Intrusions(MigratedDatabase database, PlatformSchema intruder) throws SQLException {
    this.intruder = intruder;
    try (Connection superuser = database.connect();
        var statement = superuser.createStatement()) {
      statement.execute(
          "CREATE SCHEMA IF NOT EXISTS %s AUTHORIZATION %s"
              .formatted(ownSchema(), intruder.appRole()));
    }
    connection = database.connect(database.app(intruder));
    connection.setAutoCommit(false);
  }

  /**
   * Tries everything that there is a table privilege for.
   *
   * @param column any of the table's
   * @return what was not refused, as privilege and table
   */
  List<String> into(String table, String column) throws SQLException {
    Map<String, List<String>> attempts = new LinkedHashMap<>();
    attempts.put("SELECT", List.of("SELECT * FROM %s LIMIT 0".formatted(table)));
    attempts.put("INSERT", List.of("INSERT INTO %s DEFAULT VALUES".formatted(table)));
    attempts.put(
        "UPDATE", List.of("UPDATE %s SET %s = DEFAULT WHERE false".formatted(table, column)));
    attempts.put("DELETE", List.of("DELETE FROM %s WHERE false".formatted(table)));
    attempts.put("TRUNCATE", List.of("TRUNCATE %s CASCADE".formatted(table)));
    attempts.put(
        "REFERENCES",
        List.of(
            // Unlogged, because such a table may refer to logged and to unlogged ones.
            "CREATE UNLOGGED TABLE %s.child (parent bigint)".formatted(ownSchema()),
            "ALTER TABLE %s.child ADD FOREIGN KEY (parent) REFERENCES %s"
                .formatted(ownSchema(), table)));
    attempts.put(
        "TRIGGER",
        List.of(
            "CREATE TRIGGER intruder BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION pg_catalog.suppress_redundant_updates_trigger()"
                .formatted(table)));
    List<String> succeeded = new ArrayList<>();
    for (var attempt : attempts.entrySet()) {
      if (!refused(attempt.getValue())) {
        succeeded.add("%s: %s %s".formatted(intruder.appRole(), attempt.getKey(), table));
      }
    }
    return succeeded;
  }

  /** Tries to draw a number; returns what was not refused. */
  List<String> intoSequence(String sequence) throws SQLException {
    return refused(List.of("SELECT nextval('%s')".formatted(sequence)))
        ? List.of()
        : List.of("%s: USAGE %s".formatted(intruder.appRole(), sequence));
  }

  /** Whether the last statement is refused; those before it must succeed. */
  private boolean refused(List<String> statements) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (String preparation : statements.subList(0, statements.size() - 1)) {
        statement.execute(preparation);
      }
      return refused(statement, statements.getLast());
    } finally {
      connection.rollback();
    }
  }

  // Any other error is found after the privileges were checked, so the role has them.
  private static boolean refused(Statement statement, String sql) {
    try {
      statement.execute(sql);
      return false;
    } catch (SQLException e) {
      return INSUFFICIENT_PRIVILEGE.equals(e.getSQLState());
    }
  }

  private String ownSchema() {
    return "intruder_" + intruder.schemaName();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
