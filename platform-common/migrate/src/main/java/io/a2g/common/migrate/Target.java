package io.a2g.common.migrate;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.database.Sql;
import io.a2g.common.topology.ServiceIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a command works on: one service's schema in one database, with the files that describe it.
 *
 * @param service whose schema it is
 * @param database a direct connection's URL, with the migrating user's credentials; never through a
 *     pooler in transaction mode, because Flyway's lock belongs to the session
 * @param files the migrations
 * @param limits of waiting and running
 * @param sessionSettings settings of every session, see {@link ServiceIdentity#sessionSettings}
 */
public record Target(
    ServiceIdentity service,
    DatabaseUrl database,
    MigrationFiles files,
    Limits limits,
    Map<String, String> sessionSettings) {

  /** A target whose migrations read no session settings. */
  public Target(
      ServiceIdentity service, DatabaseUrl database, MigrationFiles files, Limits limits) {
    this(service, database, files, limits, Map.of());
  }

  /** The same with another database, such as a shadow. */
  public Target withDatabase(DatabaseUrl other) {
    return new Target(service, other, files, limits, sessionSettings);
  }

  /** The name of the schema. */
  public String schema() {
    return service.schemaName();
  }

  /** Schema and database for people, such as {@code users@db.example:5432/a2g}. */
  public String display() {
    return schema() + "@" + database.display();
  }

  /**
   * Opens a direct connection with auto-commit on.
   *
   * @throws MigrationFailure when the database does not answer or refuses the user
   */
  public Connection connect() {
    try {
      return database.connect(driverSettings());
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, this);
    }
  }

  /**
   * Does work on a connection of its own, with auto-commit on, and closes it.
   *
   * @throws MigrationFailure when the database does not answer or refuses a statement
   */
  public <T extends @Nullable Object> T on(Sql.Work<T> work) {
    try (Connection connection = connect()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, this);
    }
  }

  /** Settings of the driver for every connection, Flyway's too. */
  Map<String, String> driverSettings() {
    Map<String, String> settings = new HashMap<>();
    // A server with more to do than it can takes seconds for a login; that is no outage.
    settings.put("connectTimeout", "10"); // s
    settings.put("loginTimeout", "15"); // s
    settings.put("tcpKeepAlive", "true");
    settings.put("ApplicationName", service.name() + "-migration");
    if (!sessionSettings.isEmpty()) {
      settings.put("options", startOptions());
    }
    return settings;
  }

  // As PostgreSQL reads them: blanks and backslashes in a value are escaped.
  private String startOptions() {
    return sessionSettings.entrySet().stream()
        .map(e -> "-c " + e.getKey() + "=" + e.getValue().replaceAll("([\\\\\\s])", "\\\\$1"))
        .collect(Collectors.joining(" "));
  }
}
