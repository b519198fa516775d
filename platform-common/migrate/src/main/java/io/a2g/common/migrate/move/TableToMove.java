package io.a2g.common.migrate.move;

import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.log.ControlTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

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
  static List<TableToMove> of(Connection connection, String schema) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(TABLES)) {
      query.setString(1, schema);
      try (ResultSet row = query.executeQuery()) {
        List<TableToMove> tables = new ArrayList<>();
        while (row.next()) {
          tables.add(
              new TableToMove(
                  row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4)));
        }
        return tables;
      }
    }
  }

  /** Counts and hashes every row. */
  MovedTable.Content content(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*), coalesce(sum(hashtextextended(ROW(%s)::text, 0)::numeric), 0)::text FROM %s"
                    .formatted(columns, qualified))) {
      row.next();
      return new MovedTable.Content(row.getLong(1), row.getString(2));
    }
  }
}
