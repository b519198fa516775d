package io.a2g.common.migrate.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ServiceIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsIT {

  private static MigratedDatabase database;

  @TempDir Path folder;

  @BeforeAll
  static void seed() throws SQLException {
    ClientPrograms.require(TestDatabase.get());
    database = TestDatabase.get().migrated("backups");
    execute("INSERT INTO users.users (username) VALUES ('ada'), ('bob'), ('eve')");
  }

  @Test
  void takeWritesAFileOnlyItsOwnerReadsAndAManifestOfIt() throws IOException {
    Backup backup = Backups.take(users(), folder);

    assertThat(backup.file()).hasParentRaw(folder);
    for (Path file : new Path[] {backup.file(), BackupManifest.beside(backup.file())}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(BackupManifest.read(BackupManifest.beside(backup.file())))
        .isEqualTo(backup.manifest());
    assertThat(backup.manifest().schemaVersion()).isEqualTo(newestVersion());
    assertThat(backup.manifest().rows())
        .containsEntry("users", 3L)
        .containsEntry("api_keys", 0L)
        .containsKey("flyway_schema_history");
    assertThat(backup.manifest().sha256()).isEqualTo(PrivateFiles.sha256(backup.file()));
  }

  @Test
  void takeWhenPgDumpIsTooOldSaysWhichIsNeeded() throws IOException {
    Map<String, String> old = Map.of("PG_BIN", programSaying("pg_dump (PostgreSQL) 9.6.24"));

    refused(() -> Backups.take(users(), folder, old))
        .withMessageMatching(
            "pg_dump \\d+ or newer is needed for this server, and the newest one here is 9.6.24 .*"
                + "postgresql-client-\\d+, or set PG_BIN.*");
    assertThat(folder.resolve("backup")).doesNotExist();
  }

  @Test
  void takeWhenThereIsNoPgDumpSaysSo() {
    refused(() -> Backups.take(users(), folder, Map.of("PG_BIN", folder.toString())))
        .withMessageContaining("there is none here");
  }

  @Test
  void takeWithoutTheRightLeavesNothing() {
    refused(
            ExitCode.NO_RIGHT,
            () -> Backups.take(target(database.app(PlatformSchema.USERS)), folder))
        .withMessageContaining("use the migrator's credentials");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void takeOfAMissingSchemaSaysHowToMakeIt() {
    refused(() -> Backups.take(target(TestDatabase.get().create("empty")), folder))
        .withMessageContaining("create-schemas");
  }

  @Test
  void latestIsTheNewestOfThisDatabaseAndStillComplete() throws IOException {
    Backup first = Backups.take(users(), folder);
    Backup second = Backups.take(users(), folder.resolve("later"));
    Backups.take(target(TestDatabase.get().migrated("other").superuser()), folder);

    assertThat(Backups.latest(users(), folder)).contains(second);

    Files.write(second.file(), new byte[] {1});
    assertThat(Backups.latest(users(), folder)).contains(first);
    assertThat(Backups.latest(users(), folder.resolve("nothing"))).isEmpty();
  }

  private String programSaying(String version) throws IOException {
    Path program = folder.resolve("pg_dump");
    Files.writeString(program, "#!/bin/sh\necho '" + version + "'\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return folder.toString();
  }

  private static ThrowableAssertAlternative<MigrationFailure> refused(ThrowingCallable call) {
    return refused(ExitCode.REFUSED, call);
  }

  private static ThrowableAssertAlternative<MigrationFailure> refused(
      ExitCode code, ThrowingCallable call) {
    return assertThatExceptionOfType(MigrationFailure.class)
        .isThrownBy(call)
        .matches(failure -> failure.exitCode() == code, "ends with " + code);
  }

  private static Target users() {
    return target(database.migrator(PlatformSchema.USERS));
  }

  private static Target target(DatabaseUrl url) {
    return new Target(
        ServiceIdentity.of("user-service"),
        url,
        MigrationFiles.packaged(),
        Limits.DEFAULT,
        Map.of());
  }

  private static void execute(String sql) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String newestVersion() throws IOException {
    Path migrations = MigratedDatabase.resources(PlatformSchema.USERS).resolve("db/migration");
    try (var files = Files.list(migrations)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("V"))
          .map(name -> name.substring(1, name.indexOf("__")).replace('_', '.'))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }
}
