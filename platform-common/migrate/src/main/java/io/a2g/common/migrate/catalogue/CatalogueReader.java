package io.a2g.common.migrate.catalogue;

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

  static SortedMap<ObjectName, String> read(Connection connection, String schema)
      throws SQLException {
    return connection.getAutoCommit()
        ? inOwnTransaction(connection, schema)
        : inCallersTransaction(connection, schema);
  }

  private static SortedMap<ObjectName, String> inOwnTransaction(
      Connection connection, String schema) throws SQLException {
    connection.setAutoCommit(false);
    try {
      return query(connection, schema);
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  // Rolling back to the savepoint restores the settings and nothing else: reading changes nothing.
  private static SortedMap<ObjectName, String> inCallersTransaction(
      Connection connection, String schema) throws SQLException {
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
    try (var statement = connection.createStatement()) {
      statement.execute(SETTINGS);
    }
    var objects = new TreeMap<ObjectName, String>();
    try (var statement = connection.prepareStatement(CatalogueSql.OBJECTS)) {
      statement.setString(1, schema);
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          var name =
              new ObjectName(
                  Kind.valueOf(result.getString("kind")),
                  result.getString("owner"),
                  result.getString("name"));
          // Null: dropped by somebody else while we were reading.
          String definition = result.getString("definition");
          if (definition != null) {
            objects.put(name, definition);
          }
        }
      }
    }
    return objects;
  }
}
