package io.a2g.common.migrate.shadow;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.catalogue.Catalogue;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * A database of our own with the empty schema of one service, dropped when closed. Its name is
 * {@code a2g_shadow_<schema>_<pid>_<random>}; one that a killed process left behind is dropped by
 * the next shadow a day later.
 */
public final class ShadowDatabase implements AutoCloseable {

  private static final Duration LEFT_BEHIND = Duration.ofDays(1);

  private final Target maintenance;
  private final Target target;

  private ShadowDatabase(Target maintenance, Target target) {
    this.maintenance = maintenance;
    this.target = target;
  }

  /**
   * Creates one.
   *
   * @param like the service and its files
   * @param server any database on the server that shall hold it, with a user who may create
   *     databases; null: the server of {@code like}
   * @throws MigrationFailure {@link ExitCode#NO_RIGHT} when the user may not create databases
   */
  public static ShadowDatabase create(Target like, @Nullable DatabaseUrl server) {
    Target maintenance = server == null ? like : like.withDatabase(server);
    String name =
        "a2g_shadow_%s_%d_%s"
            .formatted(
                like.schema(),
                ProcessHandle.current().pid(),
                HexFormat.of().toHexDigits(new SecureRandom().nextInt()));
    try (Connection connection = maintenance.connect()) {
      dropLeftBehind(connection);
      createDatabase(connection, name);
    } catch (SQLException e) {
      throw explain(e, maintenance);
    }
    var shadow =
        new ShadowDatabase(
            maintenance, like.withDatabase(maintenance.database().withDatabase(name)));
    try {
      shadow.prepare();
      return shadow;
    } catch (RuntimeException e) {
      shadow.close();
      throw e;
    }
  }

  /** The same service and files, in this database. */
  public Target target() {
    return target;
  }

  /**
   * Applies the service's migrations.
   *
   * @param version up to which, without repeatable files; null: all of them
   * @param callbacks whether to run what runs after every migrate, too: grants, and what depends on
   *     the server
   */
  public void migrate(@Nullable String version, boolean callbacks) {
    migrate(version, callbacks, version == null ? target : target.withoutRepeatables());
  }

  /** The same with those of the repeatable files that this target sees. */
  void migrate(@Nullable String version, boolean callbacks, Target files) {
    FluentConfiguration configuration =
        FlywaySetup.configure(files).skipDefaultCallbacks(!callbacks);
    if (version != null) {
      configuration.target(version);
    }
    try {
      configuration.load().migrate();
    } catch (FlywayException e) {
      throw new MigrationFailure(
          ExitCode.FAILED,
          "The migrations fail on an empty database (%s): correct the file, then run it again"
              .formatted(DatabaseFailures.oneLine(cause(e))),
          e);
    }
  }

  /** Runs statements, such as those of {@code extras.sql}, in one transaction. */
  public void execute(String sql, String what) {
    try (Connection connection = target.connect()) {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute(sql);
      }
      connection.commit();
    } catch (SQLException e) {
      throw new MigrationFailure(
          ExitCode.FAILED,
          "%s fails on an empty database: %s".formatted(what, DatabaseFailures.oneLine(e)),
          e);
    }
  }

  /** What the schema consists of now. */
  public Catalogue catalogue() {
    try (Connection connection = target.connect()) {
      return Catalogue.read(connection, target.schema());
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, target);
    }
  }

  /** Drops the database, whoever is still connected. */
  @Override
  public void close() {
    try (Connection connection = maintenance.connect()) {
      drop(connection, target.database().database());
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, maintenance);
    }
  }

  private void prepare() {
    try (Connection connection = target.connect();
        var statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + target.schema());
      if (Extensions.available(connection)) {
        createExtension(connection);
      }
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, target);
    }
  }

  private static void createExtension(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE EXTENSION IF NOT EXISTS vector SCHEMA public");
    } catch (SQLException e) {
      // Without the right to, it is as on a server without pgvector: the services live with that.
      if (!"42501".equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  private static void createDatabase(Connection connection, String name) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8'".formatted(name));
      statement.execute("COMMENT ON DATABASE %s IS '%s'".formatted(name, Instant.now()));
    }
  }

  private static void dropLeftBehind(Connection connection) throws SQLException {
    List<String> names;
    try (var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                """
                SELECT coalesce(array_agg(datname::text), '{}')
                FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba
                WHERE datname ~ '^a2g_shadow_' AND r.rolname = current_user
                  AND shobj_description(d.oid, 'pg_database') < '%s'
                """
                    .formatted(Instant.now().minus(LEFT_BEHIND)))) {
      result.next();
      names = List.of((String[]) result.getArray(1).getArray());
    }
    for (String name : names) {
      drop(connection, name);
    }
  }

  private static void drop(Connection connection, String name) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name));
    }
  }

  private static MigrationFailure explain(SQLException e, Target maintenance) {
    if ("42501".equals(e.getSQLState())) {
      return new MigrationFailure(
          ExitCode.NO_RIGHT,
          "The user %s may not create the shadow database that this needs: name a server and a user with CREATEDB by --shadow-url or MIGRATION_SHADOW_URL"
              .formatted(maintenance.database().user()),
          e);
    }
    return DatabaseFailures.explain(e, maintenance);
  }

  private static Throwable cause(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }
}
