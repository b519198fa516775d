package io.a2g.common.migrate.schemas;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.database.Sql;
import io.a2g.common.migrate.schemas.CreateSchemas.Options;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One bootstrap at a time on a whole server. Roles belong to the server and advisory locks to a
 * database, so the lock is taken in the maintenance database {@code postgres}, and also in the
 * target for those who may not enter that one.
 *
 * <p>The locks last as long as their transactions, which also holds through a connection pooler.
 */
final class ClusterLock implements AutoCloseable {

  private static final String MAINTENANCE = "postgres";

  // "a2g" and "schema" in hexadecimal; any constant would do.
  private static final long KEY = 0x0061_3267_7363_6865L;

  private final @Nullable Connection maintenance;

  private ClusterLock(@Nullable Connection maintenance) {
    this.maintenance = maintenance;
  }

  /** Takes the lock, making the database under it when that was asked for. */
  static ClusterLock take(Options options, Consumer<String> made) throws SQLException {
    if (options.createDatabase()) {
      createDatabase(options.url(), made);
    }
    return new ClusterLock(lockedMaintenance(options.url()));
  }

  @Override
  public void close() throws SQLException {
    if (maintenance != null) {
      maintenance.close();
    }
  }

  private static @Nullable Connection lockedMaintenance(DatabaseUrl url) throws SQLException {
    if (url.database().equals(MAINTENANCE)) {
      return null;
    }
    Connection connection;
    try {
      connection = open(url.withDatabase(MAINTENANCE));
    } catch (SQLException e) {
      if (Failures.isUnreachable(e)) {
        throw e;
      }
      return null;
    }
    try {
      lock(connection);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Opens a connection with a transaction, which gives up soon when nothing answers. */
  static Connection open(DatabaseUrl url) throws SQLException {
    var settings = new HashMap<String, String>();
    settings.put("ApplicationName", "create_schemas");
    // Seconds. The last one bounds a server that stops answering half-way; it is above any wait for
    // a lock here.
    settings.put("connectTimeout", "4");
    settings.put("loginTimeout", "5");
    settings.put("socketTimeout", "120");
    if (url.hosts().contains(",")) {
      // Of several servers only the primary can be written to.
      settings.put("targetServerType", "primary");
    }
    Connection connection = url.connect(settings);
    connection.setAutoCommit(false);
    return connection;
  }

  /** Takes the lock of a connection's database, for as long as its transaction. */
  static void lock(Connection connection) throws SQLException {
    var sql = new Sql(connection);
    sql.execute(
        "SET LOCAL lock_timeout = '60s'; SET LOCAL idle_in_transaction_session_timeout = 0");
    sql.execute("SELECT pg_advisory_xact_lock(%d)".formatted(KEY));
    // From here on it waits for other people's locks, which they hold while they serve.
    sql.execute("SET LOCAL lock_timeout = '10s'");
  }

  private static void createDatabase(DatabaseUrl url, Consumer<String> made) throws SQLException {
    try (Connection connection = open(url.withDatabase(MAINTENANCE))) {
      connection.setAutoCommit(true);
      var sql = new Sql(connection);
      String name = url.database();
      if (sql.isTrue("SELECT EXISTS (SELECT FROM pg_database WHERE datname = ?)", name)) {
        return;
      }
      // template0: no session is ever connected to it, and only it allows another encoding.
      sql.execute(
          "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8'".formatted(Sql.name(name)));
      made.accept("database " + name);
    }
  }
}
