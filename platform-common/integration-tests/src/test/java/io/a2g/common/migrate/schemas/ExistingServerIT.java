package io.a2g.common.migrate.schemas;

import static io.a2g.common.topology.PlatformSchema.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.log.ControlTables;
import io.a2g.common.migrate.schemas.CreateSchemas.Options;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers on which somebody was before: other passwords, other owners, fewer rights. */
class ExistingServerIT {

  private static final PlatformSchema ADMIN = PlatformSchema.of("admin");
  private static final PlatformSchema AGENTS = PlatformSchema.of("agents");
  private static final PlatformSchema CHAT = PlatformSchema.of("chat");

  @TempDir private static Path folder;

  /** A server of its own, because these tests change roles, which belong to the whole server. */
  private static TestDatabase separate;

  private final List<String> made = new ArrayList<>();

  @BeforeAll
  static void startServer() {
    separate = TestDatabase.separate();
  }

  @Test
  void createWhenOperatorChoseALimitKeepsIt() throws SQLException {
    var database = separateDatabase("limits");
    database.execute(database.superuser(), "ALTER ROLE chat_app SET statement_timeout = '5s'");
    database.execute(database.superuser(), "ALTER ROLE chat_app SET search_path = nowhere");

    CreateSchemas.create(separateOptions(database.superuser()), made::add);

    assertThat(database.text(database.as(CHAT.appRole()), "SHOW statement_timeout"))
        .isEqualTo("5s");
    assertThat(database.text(database.as(CHAT.appRole()), "SHOW search_path"))
        .isEqualTo("chat, public");
  }

  @Test
  void createWhenPasswordDiffersFromTheFileSetsIt() throws SQLException {
    var database = separateDatabase("password");
    database.execute(database.superuser(), "ALTER ROLE admin_app PASSWORD 'other'");
    assertThatThrownBy(() -> database.text(database.as(ADMIN.appRole()), "SELECT 1"))
        .hasMessageContaining("password authentication failed");

    CreateSchemas.create(separateOptions(database.superuser()), made::add);

    assertThat(made).contains("password of admin_app").doesNotContain("password of chat_app");
    assertThat(database.text(database.as(ADMIN.appRole()), "SELECT 1")).isEqualTo("1");
  }

  @Test
  void strangersMayNotConnect() throws SQLException {
    var database = separateDatabase("strangers");
    database.execute(database.superuser(), "CREATE ROLE stranger LOGIN PASSWORD 'x'");

    database.assertDenied(database.superuser().withCredentials("stranger", "x"), "SELECT 1");
  }

  @Test
  void createWhenSingleUserNeedsNoRightButCreate() throws SQLException {
    var owner = databaseOwner("single");

    assertThat(CreateSchemas.create(new Options(owner, null, false), made::add)).isEmpty();

    assertThat(made)
        .contains("schema users", "schema admin")
        .anyMatch(line -> line.startsWith("one user"));
    new Database(owner, Map.of()).execute(owner, "CREATE TABLE chat.things (id bigint)");
  }

  @Test
  void createWhenSingleUserMadeTheSchemasHandsThemOver() throws SQLException {
    var owner = databaseOwner("handover");
    CreateSchemas.create(new Options(owner, null, false), made::add);
    var before = new Database(owner, Map.of());
    before.execute(owner, "CREATE TYPE users.mood AS ENUM ('good')");
    before.execute(
        owner, "CREATE TABLE users.things (id bigint GENERATED ALWAYS AS IDENTITY, m users.mood)");
    before.execute(owner, "CREATE VIEW users.seen AS SELECT * FROM users.things");
    before.execute(owner, "CREATE SEQUENCE users.numbers");
    before.execute(
        owner, "CREATE FUNCTION users.f(integer) RETURNS int LANGUAGE sql AS 'SELECT 1'");
    before.execute(owner, "CREATE TABLE users.days (day date) PARTITION BY RANGE (day)");
    before.execute(owner, "CREATE TABLE users.days_all PARTITION OF users.days DEFAULT");
    before.execute(owner, ControlTables.definitions("users"));
    var superuser = separate.superuser().withDatabase(owner.database());

    var passwords = CreateSchemas.create(separateOptions(superuser), made::add);

    var database = new Database(superuser, passwords);
    var app = database.as(USERS.appRole());
    assertThat(made).contains("schema users and 10 objects in it belong to users_owner now");
    database.execute(app, "INSERT INTO users.things (m) VALUES ('good')");
    assertThat(
            database.text(app, "SELECT id + nextval('users.numbers') + users.f(1) FROM users.seen"))
        .isEqualTo("3");
    database.execute(database.as(USERS.migratorRole()), "ALTER TYPE users.mood ADD VALUE 'bad'");
    database.assertDenied(database.as(AGENTS.appRole()), "SELECT users.f(1)");
    // Through their parent only; and what the tool keeps, the service reads.
    database.execute(app, "INSERT INTO users.days VALUES ('2026-01-01')");
    database.assertDenied(app, "DELETE FROM users.days_all");
    for (String table : ControlTables.ALL) {
      database.execute(app, "SELECT FROM users." + table);
      database.assertDenied(app, "DELETE FROM users." + table);
    }
  }

  @Test
  void createWhenUserMayNotCreateRolesSaysWhatToDo() throws SQLException {
    var owner = databaseOwner("powerless");

    var failure =
        catchThrowableOfType(
            MigrationFailure.class, () -> CreateSchemas.create(separateOptions(owner), made::add));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.NO_RIGHT);
    assertThat(failure).hasMessageContaining("--single-user");
    var database = new Database(owner, Map.of());
    assertThat(database.rows(owner, "SELECT nspname FROM pg_namespace WHERE nspname = 'users'"))
        .isEmpty();
  }

  @Test
  void createWhenUserIsNoSuperuserButMayCreateRolesMakesAll() throws SQLException {
    var fresh = TestDatabase.separate();
    var superuser = new Database(fresh.superuser(), Map.of());
    superuser.execute(fresh.superuser(), "CREATE ROLE dba LOGIN CREATEROLE CREATEDB PASSWORD 'x'");
    var options =
        new Options(
            fresh.superuser().withDatabase("a2g").withCredentials("dba", "x"),
            folder.resolve("dba"),
            true);

    CreateSchemas.create(options, made::add);
    var passwords = CreateSchemas.create(options, made::add);

    var database = new Database(options.url(), passwords);
    database.execute(database.as(USERS.migratorRole()), "CREATE TABLE users.things (id bigint)");
    database.execute(database.as(USERS.appRole()), "INSERT INTO users.things VALUES (1)");
    database.assertDenied(database.as(CHAT.appRole()), "SELECT * FROM users.things");
  }

  @Test
  void createWhenDatabaseIsMissingOrLoginRefusedIsUnreachable() {
    var missing = separate.superuser().withDatabase("missing");
    var refused = missing.withCredentials("postgres", "s3cr3t");

    assertThatThrownBy(() -> CreateSchemas.create(separateOptions(missing), made::add))
        .hasMessageContaining("--create-database")
        .extracting("exitCode")
        .isEqualTo(ExitCode.UNREACHABLE);
    assertThatThrownBy(() -> CreateSchemas.create(separateOptions(refused), made::add))
        .hasMessageContaining("password authentication failed")
        .hasMessageNotContaining("s3cr3t")
        .extracting("exitCode")
        .isEqualTo(ExitCode.UNREACHABLE);
  }

  private static Options separateOptions(DatabaseUrl url) {
    return new Options(url, folder.resolve("separate"), false);
  }

  private Database separateDatabase(String purpose) {
    var url = separate.create(purpose);
    return new Database(url, CreateSchemas.create(separateOptions(url), line -> {}));
  }

  /** A database that belongs to a login role of its own. */
  private static DatabaseUrl databaseOwner(String name) throws SQLException {
    var superuser = new Database(separate.superuser(), Map.of());
    superuser.execute(superuser.superuser(), "CREATE ROLE %s LOGIN PASSWORD 'x'".formatted(name));
    superuser.execute(superuser.superuser(), "CREATE DATABASE %s OWNER %s".formatted(name, name));
    return separate.superuser().withDatabase(name).withCredentials(name, "x");
  }
}
