package io.a2g.common.migrate.history;

import io.a2g.common.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/** What an {@link IndexStatement} has left in a schema, whether or not it is recorded. */
final class IndexEffect {

  // Before it stand the names of index and table.
  private static final String USING = " USING ";

  private static final String COPY = "a2g_copy_for_an_index";

  private final Connection connection;
  private final Sql sql;
  private final String schema;

  IndexEffect(Connection connection, String schema) {
    this.connection = connection;
    this.sql = new Sql(connection);
    this.schema = schema;
  }

  /** How far the statement came. */
  enum Found {
    /** It has changed nothing. */
    NOTHING,
    /** It was interrupted: the index is there and invalid. */
    HALF,
    /** It did all that it does. */
    ALL,
    /** Something else has the name of its index. */
    OTHER
  }

  /** Looks, without comparing definitions: an index of the name counts as the statement's. */
  Found glance(IndexStatement statement) throws SQLException {
    Index index = read(statement.indexPath(schema));
    if (index == null) {
      return statement.creates() ? Found.NOTHING : Found.ALL;
    }
    if (!index.valid()) {
      return Found.HALF;
    }
    return statement.creates() ? Found.ALL : Found.NOTHING;
  }

  /**
   * Looks, and compares an index that is there with the one that the statement makes of an empty
   * copy of the table. In the caller's transaction, of which nothing stays.
   */
  Found look(IndexStatement statement) throws SQLException {
    Found found = glance(statement);
    if (found != Found.ALL || !statement.creates()) {
      return found;
    }
    Savepoint before = connection.setSavepoint();
    try {
      return isIntended(statement) ? found : Found.OTHER;
    } catch (SQLException e) {
      // What cannot be made of the table as it is cannot be what is there.
      return Found.OTHER;
    } finally {
      connection.rollback(before);
    }
  }

  /** The definition of the index that is there; empty when there is none. */
  String definition(IndexStatement statement) throws SQLException {
    Index index = read(statement.indexPath(schema));
    return index == null ? "" : index.definition();
  }

  private record Index(boolean valid, long table, boolean unique, String definition) {

    /** All but the names: method, columns, operator classes, condition. */
    String body() {
      return definition.substring(Math.max(definition.indexOf(USING), 0));
    }
  }

  private @Nullable Index read(String path) throws SQLException {
    return sql.first(
            """
            SELECT i.indisvalid AND i.indisready, i.indrelid::bigint, i.indisunique,
              pg_get_indexdef(i.indexrelid)
            FROM pg_index i WHERE i.indexrelid = to_regclass(?)
            """,
            row ->
                new Index(row.getBoolean(1), row.getLong(2), row.getBoolean(3), row.getString(4)),
            path)
        .orElse(null);
  }

  private boolean isIntended(IndexStatement statement) throws SQLException {
    String table = statement.tablePath(schema);
    String copy = schema + "." + COPY;
    String unique = statement.unique() ? "UNIQUE " : "";
    // Names are found, and printed, as when Flyway runs the file.
    sql.execute("SET LOCAL search_path TO %s, public".formatted(schema));
    Index there = read(statement.indexPath(schema));
    sql.execute("CREATE TABLE %s (LIKE %s)".formatted(copy, table));
    sql.execute(
        "CREATE %sINDEX %s_idx ON %s %s".formatted(unique, COPY, copy, statement.definition()));
    Index intended = read(copy + "_idx");
    return there != null
        && intended != null
        && there.table() == sql.number("SELECT to_regclass(?)::oid::bigint", table)
        && there.unique() == intended.unique()
        && there.body().equals(intended.body());
  }
}
