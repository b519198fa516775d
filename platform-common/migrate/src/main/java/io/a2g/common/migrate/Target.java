package io.a2g.common.migrate;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.database.Sql;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import io.a2g.common.topology.ServiceIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  /** Adds the platform's files for this schema to the service's own. */
  public Target {
    files = files.of(service.schema());
  }

  /** A target whose migrations read no session settings. */
  public Target(
      ServiceIdentity service, DatabaseUrl database, MigrationFiles files, Limits limits) {
    this(service, database, files, limits, Map.of());
  }

  /** The same with another database, such as a shadow. */
  public Target withDatabase(DatabaseUrl other) {
    return new Target(service, other, files, limits, sessionSettings);
  }

  /** The same with other files, such as those without some repeatable ones. */
  public Target withFiles(MigrationFiles other) {
    return new Target(service, database, other, limits, sessionSettings);
  }

  /** The same for a run that stops below head: repeatable files may need what is above. */
  public Target withoutRepeatables() {
    return withFiles(files.withRepeatables(name -> false));
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
    settings.put("options", startOptions());
    return settings;
  }

  /**
   * Everything that is set in every session, sorted: what the service's migrations read, and who
   * refers to whom, which the platform's grants follow (afterMigrate__platform.sql).
   */
  public SortedMap<String, String> allSessionSettings() {
    PlatformSchema schema = service.schema();
    SortedMap<String, String> settings = new TreeMap<>(sessionSettings);
    settings.put("a2g.services", list(Stream.of(PlatformSchema.values())));
    settings.put(
        "a2g.targets", list(ReferenceTarget.heldBy(schema).stream().map(ReferenceTarget::owner)));
    settings.put(
        "a2g.referrers",
        ReferenceTarget.ownedBy(schema).stream()
            .flatMap(target ->
                target.holders().stream().map(holder -> target.noun() + ":" + holder.schemaName()))
            .sorted()
            .collect(Collectors.joining(",")));
    return settings;
  }

  private static String list(Stream<PlatformSchema> schemas) {
    return schemas
        .map(PlatformSchema::schemaName)
        .distinct()
        .sorted()
        .collect(Collectors.joining(","));
  }

  // As PostgreSQL reads them: blanks and backslashes in a value are escaped.
  private String startOptions() {
    return allSessionSettings().entrySet().stream()
        .map(e -> "-c " + e.getKey() + "=" + e.getValue().replaceAll("([\\\\\\s])", "\\\\$1"))
        .collect(Collectors.joining(" "));
  }
}
