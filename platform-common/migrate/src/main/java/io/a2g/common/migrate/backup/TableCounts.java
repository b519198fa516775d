package io.a2g.common.migrate.backup;

import io.a2g.common.database.Sql;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Counts the rows of every table of a schema, each in full: an estimate proves nothing. */
final class TableCounts {

  // Partitions count, the tables above them would count the same rows again.
  private static final String TABLES =
      """
      SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relkind = 'r' ORDER BY c.relname
      """;

  private TableCounts() {}

  /** Table → rows, in the connection's snapshot when it has one. */
  static Map<String, Long> of(Sql sql, String schema) throws SQLException {
    var counts = new TreeMap<String, Long>();
    for (String table : sql.texts(TABLES, schema)) {
      String name = Sql.name(schema) + "." + Sql.name(table);
      counts.put(table, sql.number("SELECT count(*) FROM ONLY " + name));
    }
    return counts;
  }
}
