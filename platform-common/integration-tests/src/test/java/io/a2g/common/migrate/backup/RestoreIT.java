package io.a2g.common.migrate.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.catalogue.Catalogue;
import io.a2g.common.migrate.cli.MigrateTool;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ServiceIdentity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreIT {

  private static final ServiceIdentity USERS = ServiceIdentity.of("user-service");

  private static MigratedDatabase source;
  @TempDir static Path folder;
  private static final List<Path> FILES = new ArrayList<>();

  @BeforeAll
  static void backUp() throws SQLException {
    ClientPrograms.require(TestDatabase.get());
    source = TestDatabase.get().migrated("restore_from");
    try (var connection = source.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO users.users (username) SELECT 'user' || n FROM generate_series(1, 50) n");
      statement.execute(
          "INSERT INTO chat.file_storage (folder_id, bytes) VALUES (gen_random_uuid(), 0)");
    }
    for (var schema : PlatformSchema.values()) {
      var service = MigratedDatabase.service(schema);
      FILES.add(Backups.take(target(service, source.migrator(schema)), folder).file());
    }
  }

  @Test
  void restoreOfAllFiveGivesTheSameSchemasRowsOwnersAndGrants() throws SQLException {
    DatabaseUrl fresh = TestDatabase.get().reserveUrl("all");

    List<RestoredTable> tables =
        restore(fresh, TestDatabase.get().rolesFile()).run(FILES.reversed());

    assertThat(tables).allMatch(RestoredTable::equal).contains(table("users", "users", 50));
    try (Connection before = source.connect();
        Connection after = connect(fresh)) {
      for (var schema : PlatformSchema.values()) {
        String name = schema.schemaName();
        assertThat(Catalogue.read(after, name).text())
            .isEqualTo(Catalogue.read(before, name).text());
        assertThat(rights(after, name)).isNotEmpty().isEqualTo(rights(before, name));
      }
    }
  }

  @Test
  void restoredDatabaseLetsGoOfTheFolderOfUploadsOfTheOriginal() throws SQLException {
    DatabaseUrl fresh = TestDatabase.get().reserveUrl("folder");
    restore(fresh, TestDatabase.get().rolesFile()).run(FILES);

    try (var connection = connect(fresh);
        var statement = connection.createStatement();
        var result = statement.executeQuery("SELECT folder_id FROM chat.file_storage")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getString(1)).isNull();
    }
  }

  @Test
  void restoredDatabaseServesItsRolesAndGoesOnCounting() throws SQLException {
    DatabaseUrl fresh = TestDatabase.get().reserveUrl("serves");
    restore(fresh, TestDatabase.get().rolesFile()).run(FILES);
    DatabaseUrl app = source.app(PlatformSchema.USERS);

    try (var connection = connect(fresh.withCredentials(app.user(), app.password()));
        var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "INSERT INTO users.users (username) VALUES ('next') RETURNING id > 50")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getBoolean(1)).isTrue();
    }
  }

  @Test
  void numbersGivenSinceTheBackupOfOneSchemaAreNotGivenAgain() throws SQLException {
    DatabaseUrl fresh = TestDatabase.get().reserveUrl("yesterday");
    restore(fresh, null).run(FILES.subList(0, 1));

    try (var connection = connect(fresh);
        var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "INSERT INTO users.users (username) VALUES ('today') RETURNING id")) {
      result.next();
      assertThat(result.getLong(1)).isGreaterThan(Restore.SKIPPED_NUMBERS);
    }
  }

  @Test
  void restoreWithoutRolesGivesEverythingToTheUser() throws SQLException {
    DatabaseUrl fresh = TestDatabase.get().reserveUrl("single");

    assertThat(restore(fresh, null).run(FILES.subList(0, 1))).allMatch(RestoredTable::equal);

    try (var connection = connect(fresh)) {
      assertThat(rights(connection, "users")).allMatch(line -> line.contains("postgres"));
    }
  }

  @Test
  void existingDatabaseStaysUntouched() {
    DatabaseUrl existing = TestDatabase.get().create("existing");

    refused(existing, FILES, "exists, and a restore never touches one");
  }

  @Test
  void changedFileIsRefusedBeforeAnythingIsMade() throws IOException {
    Path file = copy("changed", Map.of());
    Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);
    DatabaseUrl fresh = TestDatabase.get().reserveUrl("changed");

    refused(fresh, List.of(file), "SHA-256 differs");
    assertThat(exists(fresh)).isFalse();
  }

  @Test
  void fileWithoutManifestIsRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("lonely.dump"));

    refused(TestDatabase.get().reserveUrl("lonely"), List.of(file), ".json beside it");
  }

  @Test
  void twoBackupsOfOneSchemaAreRefused() throws IOException {
    Path again = copy("twice", Map.of());

    refused(
        TestDatabase.get().reserveUrl("twice"),
        List.of(FILES.getFirst(), again),
        "two backups of the schema users");
  }

  @Test
  void failedRestoreRemovesWhatItMade() throws IOException {
    byte[] whole = Files.readAllBytes(FILES.getFirst());
    Path half = folder.resolve("half.dump");
    Files.write(half, Arrays.copyOf(whole, whole.length / 2));
    manifest(half, PrivateFiles.sha256(half), 0);
    DatabaseUrl fresh = TestDatabase.get().reserveUrl("half");

    assertThatExceptionOfType(MigrationFailure.class)
        .isThrownBy(() -> restore(fresh, null).run(List.of(half)))
        .withMessageContaining("pg_restore failed (")
        .matches(failure -> failure.exitCode() == ExitCode.FAILED);
    assertThat(exists(fresh)).isFalse();
  }

  @Test
  void commandEndsWithThreeWhenRowsAreMissing() throws IOException {
    Path file = copy("short", Map.of("users", 1L));
    var out = new StringWriter();

    int code = tool(out, "restore", file.toString(), "--into", name("short"));

    assertThat(code).isEqualTo(ExitCode.DIFFERENT.code());
    assertThat(out.toString())
        .containsPattern("users.users +51 +50 +DIFFERENT")
        .contains("is not what was backed up");
  }

  @Test
  void backupCommandAnswersWithTheManifest() {
    var out = new StringWriter();

    int code = tool(out, "backup", "--json", "--dir", folder.resolve("command").toString());

    assertThat(code).isZero();
    assertThat(out.toString()).startsWith("{").contains("\"schema_version\"", "\"users\" : 50");
  }

  private static int tool(StringWriter out, String... arguments) {
    var environment = new HashMap<>(System.getenv());
    environment.put("MIGRATION_DATABASE_URL", source.superuser().uri());
    var writer = new PrintWriter(out, true);
    return MigrateTool.run(USERS, environment, writer, writer, arguments);
  }

  private static String name(String purpose) {
    return TestDatabase.get().reserveUrl(purpose).database();
  }

  private static RestoredTable table(String schema, String table, long rows) {
    return new RestoredTable(schema, table, rows, rows);
  }

  /** The users' backup under another name, its manifest saying more rows than there are. */
  private static Path copy(String name, Map<String, Long> more) throws IOException {
    Path copy = folder.resolve(name + ".dump");
    Files.copy(FILES.getFirst(), copy);
    manifest(copy, PrivateFiles.sha256(copy), more.getOrDefault("users", 0L));
    return copy;
  }

  private static void manifest(Path file, String sha256, long more) throws IOException {
    var original = BackupManifest.read(BackupManifest.beside(FILES.getFirst()));
    var rows = new HashMap<>(original.rows());
    rows.merge("users", more, Long::sum);
    new BackupManifest(
            original.service(),
            original.schema(),
            original.database(),
            original.databaseId(),
            original.serverVersion(),
            original.program(),
            original.schemaVersion(),
            original.takenAt(),
            file.getFileName().toString(),
            Files.size(file),
            sha256,
            rows)
        .write(BackupManifest.beside(file));
  }

  private static void refused(DatabaseUrl into, List<Path> files, String message) {
    assertThatExceptionOfType(MigrationFailure.class)
        .isThrownBy(() -> restore(into, null).run(files))
        .withMessageContaining(message)
        .matches(failure -> failure.exitCode() == ExitCode.REFUSED);
  }

  private static Restore restore(DatabaseUrl into, @Nullable Path roles) {
    return new Restore(
        target(USERS, source.superuser()), into.database(), roles, System.getenv(), line -> {});
  }

  private static Target target(ServiceIdentity service, DatabaseUrl url) {
    return new Target(service, url, MigrationFiles.packaged(), Limits.DEFAULT, Map.of());
  }

  private static List<String> rights(Connection connection, String schema) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            SELECT relname || ' ' || relowner::regrole || ' ' || coalesce(relacl, acldefault('r', relowner))::text
            FROM pg_class WHERE relnamespace = ?::regnamespace AND relkind IN ('r', 'p', 'v')
            UNION ALL
            SELECT proname || ' ' || proowner::regrole || ' ' || coalesce(proacl, acldefault('f', proowner))::text
            FROM pg_proc WHERE pronamespace = ?::regnamespace
            UNION ALL
            SELECT nspname || ' ' || nspowner::regrole || ' ' || coalesce(nspacl, acldefault('n', nspowner))::text
            FROM pg_namespace WHERE nspname = ?
            ORDER BY 1
            """)) {
      for (int i = 1; i <= 3; i++) {
        statement.setString(i, schema);
      }
      try (var result = statement.executeQuery()) {
        var lines = new ArrayList<String>();
        while (result.next()) {
          lines.add(result.getString(1));
        }
        return lines;
      }
    }
  }

  private static boolean exists(DatabaseUrl url) {
    try (var connection = connect(url)) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return !"3D000".equals(e.getSQLState());
    }
  }

  private static Connection connect(DatabaseUrl url) throws SQLException {
    return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
  }
}
