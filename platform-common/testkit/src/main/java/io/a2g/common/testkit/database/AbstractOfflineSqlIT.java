package io.a2g.common.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.catalogue.Catalogue;
import io.a2g.common.migrate.cli.MigrateTool;
import io.a2g.common.migrate.schemas.CreateSchemas;
import io.a2g.common.topology.ServiceIdentity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code upgrade --sql} and {@code downgrade --sql} print, by a process of its own and run by
 * psql, makes of a database exactly what the commands themselves make of it.
 */
public abstract class AbstractOfflineSqlIT {

  /** Every table of the tool, without what differs by nature: times and fingerprints. */
  private static final Map<String, String> RECORDS =
      Map.of(
          "flyway_schema_history",
          "installed_rank, version, description, type, script, checksum, installed_by, success",
          "migration_audit",
          "id, action, version, script, checksum, undo_checksum, undo_text, actor, database_user, reason",
          "migration_control",
          "version, actor, reason");

  private final ServiceIdentity service;
  private final Class<?> application;
  private final Map<String, String> settings;

  @TempDir private Path folder;

  /**
   * For one service, whose classes and files are on the class path.
   *
   * @param application the class with its main method
   * @param settings of its environment, besides the database
   */
  protected AbstractOfflineSqlIT(
      ServiceIdentity service, Class<?> application, Map<String, String> settings) {
    this.service = service;
    this.application = application;
    this.settings = settings;
  }

  @Test
  void scriptsMakeWhatTheCommandsMake() throws Exception {
    DatabaseUrl online = emptyDatabase("online");
    DatabaseUrl offline = emptyDatabase("offline");

    assertThat(tool(online, "upgrade", "head")).isZero();
    Path upgrade = script(offline, "upgrade", "head", "--sql");
    assertThat(upgrade).content().contains(migrations());
    run(offline, upgrade);
    assertSame(online, offline);
    assertThat(tool(offline, "current", "--check-heads")).isZero();
    String shadow = TestDatabase.get().superuser().uri();
    assertThat(tool(offline, "drift", "--shadow-url", shadow)).isZero();
    var flyway = FlywaySetup.configure(target(offline)).load();
    assertThat(flyway.validateWithResult().validationSuccessful).isTrue();

    assertThat(
            tool(online, "downgrade", "-2", "--reason", "bug 7", "--force", "--shadow-url", shadow))
        .isZero();
    run(offline, script(offline, "downgrade", "-2", "--reason", "bug 7", "--sql"));
    assertSame(online, offline);
    assertThat(tool(offline, "upgrade", "head")).as("held").isEqualTo(4);
    assertThat(tool(offline, "release")).isZero();
    assertThat(tool(offline, "upgrade", "head")).isZero();
    assertThat(tool(offline, "downgrade", "-1", "--force", "--shadow-url", shadow))
        .as("undo after a script")
        .isZero();
  }

  private void assertSame(DatabaseUrl expected, DatabaseUrl actual) throws SQLException {
    try (Connection first = TestServer.connect(expected);
        Connection second = TestServer.connect(actual)) {
      String schema = service.schemaName();
      assertThat(Catalogue.read(second, schema).objects())
          .isEqualTo(Catalogue.read(first, schema).objects());
      for (var table : RECORDS.entrySet()) {
        String query = "SELECT %s FROM %s.%s".formatted(table.getValue(), schema, table.getKey());
        assertThat(rows(second, query)).as(table.getKey()).isEqualTo(rows(first, query));
      }
      assertThat(rows(second, relations())).isEqualTo(rows(first, relations()));
      assertThat(rows(second, functions())).isEqualTo(rows(first, functions()));
    }
  }

  // With the tool's own tables, which no catalogue has, and owners and grants, which neither.
  private String relations() {
    return """
    SELECT c.relname, c.relkind, c.relowner::regrole, c.relacl::text, a.attname, a.attnotnull,
           format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid),
           CASE WHEN c.relkind = 'i' THEN pg_get_indexdef(c.oid) END
    FROM pg_class c
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = '%s'::regnamespace
    ORDER BY c.relname, a.attnum
    """
        .formatted(service.schemaName());
  }

  private String functions() {
    return """
    SELECT oid::regprocedure, proowner::regrole, proacl::text, prosrc FROM pg_proc
    WHERE pronamespace = '%s'::regnamespace ORDER BY oid::regprocedure::text
    """
        .formatted(service.schemaName());
  }

  private static List<List<String>> rows(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      var rows = new ArrayList<List<String>>();
      while (result.next()) {
        var row = new ArrayList<String>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  private DatabaseUrl emptyDatabase(String purpose) {
    DatabaseUrl superuser = TestDatabase.get().create(purpose);
    var options = new CreateSchemas.Options(superuser, TestDatabase.get().rolesFile(), false);
    String role = service.schema().migratorRole();
    return superuser.withCredentials(role, CreateSchemas.create(options, line -> {}).get(role));
  }

  private static void run(DatabaseUrl database, Path script) throws Exception {
    Psql.Outcome outcome = Psql.run(database, script);
    assertThat(outcome.code()).as(outcome.text()).isZero();
    // Only what a migration selects is printed.
    assertThat(outcome.text()).doesNotContain("ERROR", "WARNING", "NOTICE");
  }

  // A process, because what it leaves in its buffers when it ends is lost.
  private Path script(DatabaseUrl database, String... command) throws Exception {
    Path out = folder.resolve(command[0] + ".sql");
    Path err = folder.resolve(command[0] + ".err");
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-XX:TieredStopAtLevel=1"); // as scripts/migrate.sh runs it
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), application.getName()));
    line.add("migrate");
    line.addAll(List.of(command));
    var builder = new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment(database));
    assertThat(builder.start().waitFor()).as(err.toString()).isZero();
    return out;
  }

  private int tool(DatabaseUrl database, String... command) {
    var text = new StringWriter();
    var writer = new PrintWriter(text, true);
    int code = MigrateTool.run(service, environment(database), writer, writer, command);
    System.out.print(text);
    return code;
  }

  private Map<String, String> environment(DatabaseUrl database) {
    var environment = new HashMap<>(settings);
    environment.put("MIGRATION_DATABASE_URL", database.uri());
    environment.put("A2G_ACTOR", "kim");
    return environment;
  }

  private Target target(DatabaseUrl database) {
    return new Target(service, database, MigrationFiles.packaged(), Limits.DEFAULT, Map.of());
  }

  private List<String> migrations() {
    return target(TestDatabase.get().superuser()).files().names(MigrationFiles.MIGRATION).stream()
        .filter(name -> name.endsWith(".sql"))
        .toList();
  }
}
