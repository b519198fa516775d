package io.a2g.common.migrate.schemas;

import static io.a2g.common.database.Sql.name;

import io.a2g.common.database.Sql;
import io.a2g.common.topology.PlatformSchema;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What is made inside one database, in the caller's transaction; each step first looks whether it
 * is there.
 */
final class SchemaBootstrap {

  private final Sql sql;
  private final Consumer<String> made;

  SchemaBootstrap(Sql sql, Consumer<String> made) {
    this.sql = sql;
    this.made = made;
  }

  /** Schemas that belong to the connected user, without roles. */
  void forSingleUser() throws SQLException {
    for (var schema : PlatformSchema.values()) {
      if (isMissing(schema)) {
        sql.execute("CREATE SCHEMA " + name(schema.schemaName()));
        made.accept("schema " + schema.schemaName());
      }
    }
    createVectorExtension();
    made.accept(
        "one user for everything: an SQL injection in any service would reach all five schemas;"
            + " roles for each schema prevent that");
  }

  /**
   * Schemas with roles of their own.
   *
   * @param passwords login role → password
   */
  void withRoles(Map<String, String> passwords) throws SQLException {
    var roles = new RoleBootstrap(sql, made);
    roles.requireRight();
    for (var schema : PlatformSchema.values()) {
      roles.create(schema, passwords);
      createOwnedSchema(schema);
    }
    closeDatabase();
    for (var schema : PlatformSchema.values()) {
      grant(schema);
    }
    createVectorExtension();
  }

  private void createOwnedSchema(PlatformSchema schema) throws SQLException {
    String owner = schema.ownerRole();
    if (isMissing(schema)) {
      sql.execute("CREATE SCHEMA %s AUTHORIZATION %s".formatted(schema.schemaName(), owner));
      made.accept("schema %s, owned by %s".formatted(schema.schemaName(), owner));
      setDefaultPrivileges(schema);
    } else {
      setDefaultPrivileges(schema);
      new OwnershipTransfer(sql, made).of(schema);
    }
  }

  private boolean isMissing(PlatformSchema schema) throws SQLException {
    return !sql.isTrue(
        "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = ?)", schema.schemaName());
  }

  /** What migrations create later arrives with the app role's rights. */
  private void setDefaultPrivileges(PlatformSchema schema) throws SQLException {
    String all = "ALTER DEFAULT PRIVILEGES FOR ROLE %s ".formatted(schema.ownerRole());
    String own = all + "IN SCHEMA %s GRANT ".formatted(schema.schemaName());
    // Not "IN SCHEMA": what PostgreSQL gives to everyone cannot be taken back for one schema only.
    sql.execute(all + "REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC");
    sql.execute(own + "SELECT, INSERT, UPDATE, DELETE ON TABLES TO " + schema.appRole());
    sql.execute(own + "USAGE ON SEQUENCES TO " + schema.appRole());
    sql.execute(own + "EXECUTE ON FUNCTIONS TO " + schema.appRole());
  }

  private void grant(PlatformSchema schema) throws SQLException {
    sql.execute("GRANT USAGE ON SCHEMA %s TO %s".formatted(schema.schemaName(), schema.appRole()));
    for (var caller : schema.callers()) {
      sql.execute(
          "GRANT USAGE ON SCHEMA %s TO %s".formatted(schema.schemaName(), caller.appRole()));
    }
    for (var auditor : schema.auditors()) {
      sql.execute(
          "GRANT USAGE ON SCHEMA %s TO %s".formatted(schema.schemaName(), auditor.migratorRole()));
    }
  }

  /**
   * Only the platform's roles (and the owner) enter the database, and none of them adds to public.
   */
  private void closeDatabase() throws SQLException {
    String database = name(String.valueOf(sql.text("SELECT current_database()")));
    if (!sql.isTrue(
        "SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()")) {
      made.accept(
          "not the owner of the database, so everyone may still connect to it; its owner can run:"
              + " REVOKE ALL ON DATABASE "
              + database
              + " FROM PUBLIC");
      return;
    }
    for (var schema : PlatformSchema.values()) {
      sql.execute(
          "GRANT CONNECT ON DATABASE %s TO %s, %s"
              .formatted(database, schema.appRole(), schema.migratorRole()));
    }
    if (sql.isTrue(
        "SELECT EXISTS (SELECT FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba)))"
            + " WHERE datname = current_database() AND grantee = 0)")) {
      sql.execute("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(database));
      made.accept("only the platform's roles and the owner may connect to the database");
    }
    sql.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
  }

  private void createVectorExtension() throws SQLException {
    String schema =
        sql.text(
            "SELECT nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'vector'");
    if (schema != null) {
      if (!schema.equals("public")) {
        made.accept(
            "pgvector is in schema "
                + schema
                + ", where the services do not see it; run: ALTER EXTENSION vector SET SCHEMA public");
      }
      return;
    }
    String version =
        sql.text("SELECT default_version FROM pg_available_extensions WHERE name = 'vector'");
    if (version == null) {
      made.accept(
          "pgvector is not available on this server: similarity search will scan; install it and run this again");
      return;
    }
    try {
      sql.executeOrRollBack("CREATE EXTENSION vector SCHEMA public");
      made.accept("extension vector " + version);
    } catch (SQLException e) {
      if (!"42501".equals(e.getSQLState())) {
        throw e;
      }
      made.accept(
          "pgvector is on this server, but this user may not create it; a superuser can run: CREATE EXTENSION"
              + " vector SCHEMA public");
    }
  }
}
