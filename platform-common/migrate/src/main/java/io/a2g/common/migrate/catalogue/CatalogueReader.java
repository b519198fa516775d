package io.a2g.common.migrate.catalogue;

import io.a2g.common.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the catalogues so that the text depends on nothing but the schema. */
final class CatalogueReader {

  // What PostgreSQL prints depends on these: with an empty search_path every name is qualified.
  private static final String SETTINGS =
      """
      SELECT set_config('search_path', '', true), set_config('timezone', 'UTC', true),
        set_config('datestyle', 'ISO, YMD', true), set_config('intervalstyle', 'postgres', true),
        set_config('extra_float_digits', '1', true), set_config('quote_all_identifiers', 'off', true)
      """;

  private CatalogueReader() {}

  // A transaction of the caller goes on: rolling back to the savepoint restores the settings and
  // nothing else, because reading changes nothing.
  static SortedMap<ObjectName, String> read(Connection connection, String schema)
      throws SQLException {
    if (connection.getAutoCommit()) {
      return new Sql(connection).rolledBack(_ -> query(connection, schema));
    }
    Savepoint before = connection.setSavepoint();
    try {
      return query(connection, schema);
    } finally {
      connection.rollback(before);
      connection.releaseSavepoint(before);
    }
  }

  private static SortedMap<ObjectName, String> query(Connection connection, String schema)
      throws SQLException {
    Sql sql = new Sql(connection);
    sql.execute(SETTINGS);
    var objects = new TreeMap<ObjectName, String>();
    sql.list(
        CatalogueSql.OBJECTS,
        row -> {
          var name =
              new ObjectName(
                  Kind.valueOf(row.getString("kind")),
                  row.getString("owner"),
                  row.getString("name"));
          // Null: dropped by another session while we were reading.
          String definition = row.getString("definition");
          return definition == null ? null : objects.put(name, definition);
        },
        schema);
    return objects;
  }
}
