package io.a2g.common.migrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.database.Sql;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.backup.ClientPrograms;
import io.a2g.common.migrate.catalogue.Catalogue;
import io.a2g.common.migrate.catalogue.ObjectName;
import io.a2g.common.migrate.history.ReferenceRows;
import io.a2g.common.migrate.history.Repeatables;
import io.a2g.common.migrate.schemas.CreateSchemas;
import io.a2g.common.testkit.database.EarlierRelease;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.Psql;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a database of the release before there was a baseline. */
class EarlierReleaseIT {

  /** The highest version of the baseline, which stands for all files of that release. */
  private static final String BASELINE = "20261201.0829?";

  private static final PlatformSchema CHAT = PlatformSchema.of("chat");

  @ParameterizedTest
  @ValueSource(strings = {"users", "agents", "chat", "tracing", "admin"})
  void baselineMakesWhatTheReleaseMade(String name) throws Exception {
    PlatformSchema schema = PlatformSchema.of(name);
    DatabaseUrl release = EarlierRelease.restore("release").superuser();
    DatabaseUrl fresh = TestDatabase.get().create("baseline");
    String role = schema.migratorRole();
    DatabaseUrl migrator = fresh.withCredentials(role, createSchemas(fresh).get(role));
    FlywaySetup.configure(target(migrator, schema)).target(BASELINE).load().migrate();

    try (Connection before = connect(release);
        Connection after = connect(fresh)) {
      // The dump was made on a server without pgvector.
      new Sql(after).execute("DROP EXTENSION IF EXISTS vector CASCADE");
      // What repeatable files make goes on changing.
      MigrationFiles files = target(migrator, schema).files();
      Predicate<ObjectName> repeated = Repeatables.madeBy(files, files.repeatables());
      assertThat(
              Catalogue.read(before, name)
                  .without(repeated)
                  .differences(Catalogue.read(after, name).without(repeated)))
          .isEmpty();
      assertThat(facts(after, relationGrants(name)))
          .containsExactlyElementsOf(facts(before, relationGrants(name)));
      assertThat(facts(after, functionGrants(name)))
          .containsAll(facts(before, functionGrants(name)));
      ReferenceRows.write(after, MigratedDatabase.service(schema));
      if (new Sql(before)
          .isTrue("SELECT to_regclass(?) IS NOT NULL", name + ".declared_references")) {
        String rows = "SELECT t::text FROM " + name + ".declared_references t ORDER BY 1";
        assertThat(facts(after, rows)).isEqualTo(facts(before, rows)).isNotEmpty();
      }
    }
  }

  @Test
  void everyCommandWorksOnTheReleasesDatabaseOnceItIsAdopted(@TempDir Path folder)
      throws Exception {
    MigratedDatabase release = EarlierRelease.restore("release");
    Map<String, Long> rows = rows(release.superuser());
    for (PlatformSchema schema : PlatformSchema.values()) {
      assertThat(run(schema, release, "upgrade", "head")).startsWith("4 ").contains("run adopt");
      assertThat(run(schema, release, "adopt", "--plan")).startsWith("0 ");
      assertThat(run(schema, release, "adopt")).startsWith("0 ");
      assertThat(run(schema, release, "adopt")).startsWith("0 ").contains("already");
      // Before drift, because the dump comes from a server without pgvector.
      assertThat(run(schema, release, "upgrade", "head")).startsWith("0 ");
      assertThat(run(schema, release, "current", "--check-heads")).startsWith("0 ");
      assertThat(run(schema, release, "history", "--verbose"))
          .startsWith("0 ")
          .contains("R__platform_functions.sql");
      assertThat(run(schema, release, "drift")).startsWith("0 ");
      assertThat(run(schema, release, "hold", "current", "--reason", "look")).startsWith("0 ");
      assertThat(run(schema, release, "release")).startsWith("0 ");
    }
    assertThat(rows(release.superuser())).containsAllEntriesOf(rows);
    undoAndRedo(release, folder);
    assertThat(rows(release.superuser())).containsAllEntriesOf(rows);
  }

  @Test
  void adoptedSchemaIsBackedUpAndRestored(@TempDir Path folder) throws Exception {
    ClientPrograms.require(TestDatabase.get());
    MigratedDatabase release = EarlierRelease.restore("release");
    assertThat(run(CHAT, release, "adopt")).startsWith("0 ");
    assertThat(run(CHAT, release, "backup", "--dir", folder.toString())).startsWith("0 ");
    Path dump;
    try (var files = Files.walk(folder)) {
      dump = files.filter(file -> file.toString().endsWith(".dump")).findFirst().orElseThrow();
    }
    DatabaseUrl other = TestDatabase.get().reserveUrl("adopted-restore");
    String restored =
        run(
            CHAT,
            Map.of("MIGRATION_DATABASE_URL", release.superuser().uri()),
            "restore",
            dump.toString(),
            "--into",
            other.database());
    assertThat(restored).startsWith("0 ");
  }

  // Of users, whose newest table is empty: nothing is lost.
  private void undoAndRedo(MigratedDatabase release, Path folder) throws Exception {
    PlatformSchema users = PlatformSchema.USERS;
    String undo = run(users, release, "downgrade", "-1", "--reason", "bug 7", "--force", "--sql");
    psql(release, folder, undo);
    assertThat(run(users, release, "current", "--check-heads")).startsWith("2 ");
    assertThat(run(users, release, "drift")).startsWith("0 ");
    assertThat(run(users, release, "release")).startsWith("0 ");
    psql(release, folder, run(users, release, "upgrade", "head", "--sql"));
    assertThat(run(users, release, "current", "--check-heads")).startsWith("0 ");
    assertThat(run(users, release, "drift")).startsWith("0 ");
    assertThat(run(users, release, "downgrade", "-1", "--force", "--reason", "bug 7"))
        .startsWith("0 ");
    assertThat(run(users, release, "release")).startsWith("0 ");
    assertThat(run(users, release, "upgrade", "head")).startsWith("0 ");
    assertThat(run(users, release, "drift")).startsWith("0 ");
  }

  private static void psql(MigratedDatabase database, Path folder, String answer) throws Exception {
    assertThat(answer).startsWith("0 ");
    Path script = folder.resolve("script.sql");
    Files.writeString(script, answer.substring(2));
    Psql.Outcome outcome = Psql.run(database.migrator(PlatformSchema.USERS), script);
    assertThat(outcome.code()).as(outcome.text()).isZero();
  }

  private Map<String, String> createSchemas(DatabaseUrl database) {
    var options = new CreateSchemas.Options(database, TestDatabase.get().rolesFile(), false);
    return CreateSchemas.create(options, line -> {});
  }

  /** The exit code, a blank, and the answer of a command as the schema's migrator. */
  private static String run(PlatformSchema schema, MigratedDatabase database, String... command) {
    return run(schema, database.properties(schema), command);
  }

  private static String run(
      PlatformSchema schema, Map<String, String> settings, String... command) {
    var environment = new HashMap<>(settings);
    environment.put("PATH", System.getenv("PATH"));
    environment.put("MIGRATION_SHADOW_URL", TestDatabase.get().superuser().uri());
    environment.put("A2G_ACTOR", "kim");
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(List.of("--sources", MigratedDatabase.resources(schema).resolve("db").toString()));
    var text = new StringWriter();
    var writer = new PrintWriter(text, true);
    int code =
        MigrateTool.run(
            MigratedDatabase.service(schema),
            environment,
            writer,
            writer,
            line.toArray(String[]::new));
    return code + " " + text;
  }

  private static Target target(DatabaseUrl database, PlatformSchema schema) {
    return new Target(
        MigratedDatabase.service(schema),
        database,
        MigrationFiles.in(MigratedDatabase.resources(schema).resolve("db")),
        Limits.DEFAULT);
  }

  private static Map<String, Long> rows(DatabaseUrl database) throws SQLException {
    try (Connection connection = connect(database)) {
      Map<String, Long> rows = new HashMap<>();
      for (String table : new Sql(connection).texts(TABLES)) {
        rows.put(table, new Sql(connection).number("SELECT count(*) FROM " + table));
      }
      return rows;
    }
  }

  private static List<String> facts(Connection connection, String query) throws SQLException {
    return new Sql(connection).texts(query);
  }

  private static Connection connect(DatabaseUrl url) throws SQLException {
    return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
  }

  private static final String TABLES =
      """
      SELECT oid::regclass::text FROM pg_class
      WHERE relkind IN ('r', 'p') AND NOT relispartition AND relname !~ '^(flyway|migration)_'
        AND relnamespace::regnamespace::text IN ('users', 'agents', 'chat', 'tracing', 'admin')
      """;

  // Owners, and one line for each right of a role; partitions come and go by time.
  private static String relationGrants(String schema) {
    return """
    SELECT concat_ws(' ', c.relname, c.relowner::regrole, a.grantee::regrole, a.privilege_type, a.is_grantable)
    FROM pg_class c, aclexplode(coalesce(
      c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner))) a
    WHERE c.relnamespace = '%s'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND c.relname !~ '_[0-9]{4}_[0-9]{2}(_|$)|^migration_' ORDER BY 1
    """
        .formatted(schema);
  }

  private static String functionGrants(String schema) {
    return """
    SELECT concat_ws(' ', p.oid::regprocedure, p.proowner::regrole, a.grantee::regrole, a.privilege_type, a.is_grantable)
    FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    WHERE p.pronamespace = '%s'::regnamespace ORDER BY 1
    """
        .formatted(schema);
  }
}
