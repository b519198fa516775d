package io.a2g.common.migrate.move;

import io.a2g.common.database.Sql;
import java.sql.SQLException;

/** The partitions of tables with one for each month of {@code occurred_at}. */
final class Months {

  private Months() {}

  /**
   * Makes at the destination, before the rows come, the months that the source's rows are of; else
   * they would all stay in the default partition.
   */
  static void make(Sql from, Sql to, String schema) throws SQLException {
    for (String table :
        from.texts(
            """
            SELECT c.relname FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = p.partattrs[0] AND a.attname = 'occurred_at'
            WHERE c.relnamespace = ?::regnamespace
            """,
            schema)) {
      String oldest =
          from.text("SELECT min(occurred_at) FROM %s.%s".formatted(schema, Sql.name(table)));
      while (to.isTrue(
          "SELECT %s.next_partition(?, coalesce(?::timestamptz, now()), 3)".formatted(schema),
          table,
          oldest)) {
        // One more.
      }
    }
  }
}
