package io.a2g.common.testkit.database;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.ReferenceRows;
import io.a2g.common.migrate.schemas.CreateSchemas;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ServiceIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * A database as production has it: schemas and least-privilege roles from {@link CreateSchemas},
 * then every service's migrations, run by its migrator role.
 */
public final class MigratedDatabase {

  private final DatabaseUrl superuser;
  private final Map<String, String> passwords;

  MigratedDatabase(DatabaseUrl superuser, Map<String, String> passwords) {
    this.superuser = superuser;
    this.passwords = passwords;
  }

  /** Makes the schemas and roles that are missing. */
  static MigratedDatabase prepare(TestServer server, DatabaseUrl superuser) {
    var options = new CreateSchemas.Options(superuser, server.rolesFile(), false);
    return new MigratedDatabase(superuser, CreateSchemas.create(options, line -> {}));
  }

  void migrate() {
    for (var schema : PlatformSchema.values()) {
      migrate(schema);
    }
  }

  /** The URL and credentials with which the service of this schema serves. */
  public DatabaseUrl app(PlatformSchema schema) {
    return as(schema.appRole());
  }

  /** The URL and credentials with which the service of this schema migrates. */
  public DatabaseUrl migrator(PlatformSchema schema) {
    return as(schema.migratorRole());
  }

  /**
   * The URL and credentials of a superuser, for what a test arranges behind the services' backs.
   */
  public DatabaseUrl superuser() {
    return superuser;
  }

  /** A connection of the superuser. */
  public Connection connect() throws SQLException {
    return TestServer.connect(superuser);
  }

  /** A connection with these credentials. */
  public Connection connect(DatabaseUrl url) throws SQLException {
    return TestServer.connect(url);
  }

  /** The environment of the service that owns this schema: name → value. */
  public Map<String, String> properties(PlatformSchema schema) {
    return Map.of(
        "DATABASE_URL", app(schema).uri(), "MIGRATION_DATABASE_URL", migrator(schema).uri());
  }

  /**
   * Runs the pending migrations of one service, which are those of the checkout; does nothing while
   * it has none.
   */
  public void migrate(PlatformSchema schema) {
    if (!hasFiles(migrations(schema))) {
      return;
    }
    var files = MigrationFiles.in(resources(schema).resolve("db"));
    var target = new Target(service(schema), migrator(schema), files, Limits.DEFAULT);
    FlywaySetup.configure(target).createSchemas(false).load().migrate();
    target.on(connection -> {
      ReferenceRows.write(connection, target.service());
      return null;
    });
  }

  /** The service that owns this schema, with the references that it declares in the checkout. */
  public static ServiceIdentity service(PlatformSchema schema) {
    String name = schema.serviceName();
    Path file = resources(schema).resolve(ServiceIdentity.referencesFile(name));
    try {
      return ServiceIdentity.of(name, Files.exists(file) ? Files.readAllLines(file) : List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder {@code src/main/resources} of the service that owns this schema. */
  public static Path resources(PlatformSchema schema) {
    return Modules.named(schema.serviceName()).resolve("src/main/resources");
  }

  static Path migrations(PlatformSchema schema) {
    return resources(schema).resolve("db/migration");
  }

  private DatabaseUrl as(String role) {
    return superuser.withCredentials(role, passwords.get(role));
  }

  private static boolean hasFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (var files = Files.list(folder)) {
      return files.findAny().isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
