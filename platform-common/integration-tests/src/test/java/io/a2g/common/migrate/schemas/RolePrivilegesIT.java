package io.a2g.common.migrate.schemas;

import static io.a2g.common.topology.PlatformSchema.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the roles may do and what not, on the server chosen for this run and on the embedded one.
 */
class RolePrivilegesIT {

  private static final PlatformSchema ADMIN = PlatformSchema.of("admin");
  private static final PlatformSchema AGENTS = PlatformSchema.of("agents");
  private static final PlatformSchema CHAT = PlatformSchema.of("chat");

  private static final String SCHEMAS =
      Stream.of(PlatformSchema.values())
          .map(PlatformSchema::schemaName)
          .collect(Collectors.joining(","));

  static Stream<TestDatabase> servers() {
    return Stream.of(TestDatabase.get(), TestDatabase.embedded());
  }

  @ParameterizedTest
  @MethodSource("servers")
  void appRoleReadsAndWritesItsOwnRowsOnly(TestDatabase server) throws SQLException {
    var database = Database.on(server);
    database.execute(
        database.as(USERS.migratorRole()),
        "CREATE TABLE users.things (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text)");
    var app = database.as(USERS.appRole());

    database.execute(app, "INSERT INTO users.things (name) VALUES ('a')");
    database.execute(app, "UPDATE users.things SET name = 'b'");
    database.execute(app, "SELECT * FROM things");
    database.execute(app, "DELETE FROM users.things");

    database.assertDenied(app, "TRUNCATE users.things");
    assertThat(database.text(app, "SHOW search_path")).isEqualTo("users, public");
    for (var other : PlatformSchema.values()) {
      if (other == USERS) {
        continue;
      }
      var stranger = database.as(other.appRole());
      database.assertDenied(stranger, "SELECT * FROM users.things");
      database.assertDenied(stranger, "INSERT INTO users.things (name) VALUES ('x')");
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void appRoleChangesNoStructure(TestDatabase server) throws SQLException {
    var database = Database.on(server);
    database.execute(database.as(USERS.migratorRole()), "CREATE TABLE users.things (id bigint)");
    var app = database.as(USERS.appRole());

    for (String statement :
        List.of(
            "CREATE TABLE users.mine (id bigint)",
            "CREATE TABLE public.mine (id bigint)",
            "CREATE TEMP TABLE mine (id bigint)",
            "ALTER TABLE users.things ADD COLUMN x int",
            "CREATE SCHEMA mine",
            "SET ROLE users_owner")) {
      database.assertDenied(app, statement);
    }
    assertThatThrownBy(() -> database.execute(app, "DROP TABLE users.things"))
        .hasMessageContaining("must be owner");
  }

  @ParameterizedTest
  @MethodSource("servers")
  void migratorCreatesForTheOwnerAndInItsOwnSchemaOnly(TestDatabase server) throws SQLException {
    var database = Database.on(server);
    var migrator = database.as(AGENTS.migratorRole());

    database.execute(migrator, "CREATE TABLE agents.things (id bigint)");

    assertThat(
            database.text(migrator, "SELECT tableowner FROM pg_tables WHERE tablename = 'things'"))
        .isEqualTo("agents_owner");
    database.assertDenied(migrator, "CREATE TABLE users.things (id bigint)");
    database.assertDenied(migrator, "CREATE TABLE public.things (id bigint)");
  }

  @ParameterizedTest
  @MethodSource("servers")
  void publishedFunctionIsCalledOnlyByThoseItWasGrantedTo(TestDatabase server) throws SQLException {
    var database = Database.on(server);
    var migrator = database.as(USERS.migratorRole());
    database.execute(
        migrator,
        "CREATE FUNCTION users.answer() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 42'");
    var caller = database.as(AGENTS.appRole());
    database.assertDenied(caller, "SELECT users.answer()");

    database.execute(migrator, "GRANT EXECUTE ON FUNCTION users.answer() TO agents_app");

    assertThat(database.text(caller, "SELECT users.answer()")).isEqualTo("42");
    assertThat(database.text(database.as(USERS.appRole()), "SELECT users.answer()"))
        .isEqualTo("42");
    database.assertDenied(database.as(ADMIN.appRole()), "SELECT users.answer()");
  }

  @ParameterizedTest
  @MethodSource("servers")
  void callersMayEnterExactlyTheDeclaredSchemas(TestDatabase server) throws SQLException {
    var database = Database.on(server);

    var entered =
        database.rows(
            database.superuser(),
            """
            SELECT nspname || ' <- ' || rolname FROM pg_namespace, pg_roles
            WHERE nspname = ANY ('{%s}') AND rolname LIKE '%%\\_app'
              AND rolname <> nspname || '_app' AND has_schema_privilege(rolname, nspname, 'USAGE')
            """
                .formatted(SCHEMAS));

    assertThat(entered)
        .contains("users <- agents_app", "agents <- users_app")
        .doesNotContain("agents <- admin_app", "admin <- users_app")
        .containsExactlyInAnyOrderElementsOf(
            entries(PlatformSchema::callers, PlatformSchema::appRole));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void migratorsMayEnterTheSchemasOfTheirTargetsAndOwnersNone(TestDatabase server)
      throws SQLException {
    var database = Database.on(server);

    var entered =
        database.rows(
            database.superuser(),
            """
            SELECT nspname || ' <- ' || rolname FROM pg_namespace, pg_roles
            WHERE nspname = ANY ('{%s}')
              AND rolname ~ '_(migrator|owner)$' AND rolname !~ ('^' || nspname || '_')
              AND has_schema_privilege(rolname, nspname, 'USAGE')
            """
                .formatted(SCHEMAS));

    assertThat(entered)
        .contains("users <- agents_migrator")
        .doesNotContain("users <- tracing_migrator")
        .containsExactlyInAnyOrderElementsOf(
            entries(PlatformSchema::auditors, PlatformSchema::migratorRole));
  }

  private static List<String> entries(
      Function<PlatformSchema, Set<PlatformSchema>> guests, Function<PlatformSchema, String> role) {
    return Stream.of(PlatformSchema.values())
        .flatMap(schema ->
            guests.apply(schema).stream()
                .map(guest -> schema.schemaName() + " <- " + role.apply(guest)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void loginRolesHaveTheirLimits(TestDatabase server) throws SQLException {
    var database = Database.on(server);
    var app = database.as(CHAT.appRole());
    var migrator = database.as(CHAT.migratorRole());

    assertThat(database.text(app, "SHOW statement_timeout")).isEqualTo("30s");
    assertThat(database.text(app, "SHOW lock_timeout")).isEqualTo("3s");
    assertThat(database.text(app, "SHOW idle_in_transaction_session_timeout")).isEqualTo("1min");
    assertThat(database.text(migrator, "SHOW statement_timeout")).isEqualTo("0");
    assertThat(database.text(migrator, "SHOW lock_timeout")).isEqualTo("3s");
    assertThat(database.text(migrator, "SHOW search_path")).isEqualTo("chat, public");
  }
}
