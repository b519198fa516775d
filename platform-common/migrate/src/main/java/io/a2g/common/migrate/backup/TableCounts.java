package io.a2g.common.migrate.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the rows of every table of a schema, each in full: an estimate proves nothing. */
final class TableCounts {

  // Partitions count, the tables above them would count the same rows again.
  private static final String TABLES =
      """
      SELECT c.relname, format('%I.%I', n.nspname, c.relname)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relkind = 'r' ORDER BY c.relname
      """;

  private TableCounts() {}

  /** Table → rows, in the connection's snapshot when it has one. */
  static Map<String, Long> of(Connection connection, String schema) throws SQLException {
    var counts = new TreeMap<String, Long>();
    for (String[] table : tables(connection, schema)) {
      try (var statement = connection.createStatement();
          var result = statement.executeQuery("SELECT count(*) FROM ONLY " + table[1])) {
        result.next();
        counts.put(table[0], result.getLong(1));
      }
    }
    return counts;
  }

  private static List<String[]> tables(Connection connection, String schema) throws SQLException {
    try (var statement = connection.prepareStatement(TABLES)) {
      statement.setString(1, schema);
      try (var result = statement.executeQuery()) {
        var tables = new ArrayList<String[]>();
        while (result.next()) {
          tables.add(new String[] {result.getString(1), result.getString(2)});
        }
        return tables;
      }
    }
  }
}
