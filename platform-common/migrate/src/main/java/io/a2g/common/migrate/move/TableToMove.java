package io.a2g.common.migrate.move;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.log.ControlTables;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table with the columns that hold data; generated ones are computed anew.
 *
 * @param qualified the quoted name with its schema; partitions are reached through their parent
 * @param columns the quoted names, comma-separated
 * @param logged false for an unlogged table, which no replica ever sees
 */
record TableToMove(String name, String qualified, String columns, boolean logged) {

  // Parents before children: a table's depth is the longest way of foreign keys above it.
  private static final String TABLES =
      """
      WITH RECURSIVE tables AS (
        SELECT c.oid, c.relname FROM pg_class c
        WHERE c.relnamespace = ?::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND c.relname NOT IN ('%s', '%s')
      ), depths AS (
        SELECT oid, 0 AS depth FROM tables
        UNION
        SELECT f.conrelid, d.depth + 1 FROM depths d JOIN pg_constraint f
          ON f.contype = 'f' AND f.confrelid = d.oid AND f.conrelid <> f.confrelid
        WHERE d.depth < 100 AND f.conrelid IN (SELECT oid FROM tables)
      )
      SELECT t.relname, t.oid::regclass::text,
        (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname) FROM pg_attribute a
         WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''),
        (SELECT c.relpersistence = 'p' FROM pg_class c WHERE c.oid = t.oid)
      FROM tables t JOIN depths d USING (oid)
      GROUP BY t.oid, t.relname ORDER BY max(d.depth), t.relname
      """
          .formatted(FlywaySetup.HISTORY, ControlTables.LOG);

  /** The tables of a schema in an order in which foreign keys can be filled. */
  static List<TableToMove> of(Sql sql, String schema) throws SQLException {
    return sql.list(
        TABLES,
        row ->
            new TableToMove(
                row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4)),
        schema);
  }

  /** Their names in SQL. */
  static String names(List<TableToMove> tables) {
    return tables.stream().map(TableToMove::qualified).collect(Collectors.joining(", "));
  }

  /** Counts and hashes every row. */
  MovedTable.Content content(Sql sql) throws SQLException {
    return sql.first(
            "SELECT count(*), coalesce(sum(hashtextextended(ROW(%s)::text, 0)::numeric), 0)::text FROM %s"
                .formatted(columns, qualified),
            row -> new MovedTable.Content(row.getLong(1), row.getString(2)))
        .orElseThrow();
  }
}
