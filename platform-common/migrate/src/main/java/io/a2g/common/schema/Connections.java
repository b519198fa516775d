package io.a2g.common.schema;

import io.a2g.common.database.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Opens connections that give up soon when nobody answers. */
final class Connections {

  private Connections() {}

  /** A connection with a transaction open; the server's notices are not collected. */
  static Connection open(DatabaseUrl url) throws SQLException {
    var properties = new Properties();
    if (url.user() != null) {
      properties.setProperty("user", url.user());
    }
    if (url.password() != null) {
      properties.setProperty("password", url.password());
    }
    properties.setProperty("ApplicationName", "create_schemas");
    // Seconds. The last one bounds a server that stops answering half-way; it is above any wait for
    // a lock here.
    properties.setProperty("connectTimeout", "4");
    properties.setProperty("loginTimeout", "5");
    properties.setProperty("socketTimeout", "120");
    if (url.hosts().contains(",")) {
      // Of several servers only the primary can be written to.
      properties.setProperty("targetServerType", "primary");
    }
    Connection connection = DriverManager.getConnection(url.jdbcUrl(), properties);
    try {
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
