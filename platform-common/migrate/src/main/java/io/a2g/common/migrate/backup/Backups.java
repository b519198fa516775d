package io.a2g.common.migrate.backup;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes backups of one schema and finds those that were taken. */
public final class Backups {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private Backups() {}

  /**
   * Writes the schema into a new file of the folder and proves it: pg_restore reads its list of
   * contents, which has the data of every table that was counted.
   *
   * <p>Owners and grants are in the file, because restoring can leave them out, but not add them.
   *
   * @param folder made when it is missing
   * @throws MigrationFailure when there is no proven backup; nothing is left of it then
   */
  public static Backup take(Target target, Path folder) {
    return take(target, folder, System.getenv());
  }

  /** With PG_BIN and PATH from elsewhere than the process's environment. */
  public static Backup take(Target target, Path folder, Map<String, String> environment) {
    return target.on(
        connection -> take(target, folder, environment, new Snapshot(target, connection)));
  }

  private static Backup take(
      Target target, Path folder, Map<String, String> environment, Snapshot snapshot)
      throws SQLException {
    var dump = PostgresProgram.find("pg_dump", snapshot.serverMajor(), environment);
    var restore = PostgresProgram.find("pg_restore", dump.major(), environment);
    Map<String, Long> rows = snapshot.rows();
    String name = "%s-%s.dump".formatted(target.schema(), STAMP.format(snapshot.time()));
    Path file = folder.resolve(name);
    try {
      PrivateFiles.createFolder(folder);
      Path part = PrivateFiles.create(folder.resolve(name + ".part"));
      try {
        write(dump, target, snapshot.id(), part);
        prove(restore, part, rows);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
      var manifest =
          new BackupManifest(
              target.service().name(),
              target.schema(),
              target.database().display(),
              snapshot.databaseId(),
              snapshot.serverVersion(),
              "pg_dump " + dump.version(),
              snapshot.schemaVersion(),
              snapshot.time(),
              name,
              Files.size(file),
              PrivateFiles.sha256(file),
              rows);
      manifest.write(BackupManifest.beside(file));
      return new Backup(file, manifest);
    } catch (IOException e) {
      throw new MigrationFailure(
          ExitCode.FAILED,
          "The backup cannot be written to %s (%s %s): choose another folder with --dir"
              .formatted(folder, e.getClass().getSimpleName(), DatabaseFailures.oneLine(e)),
          e);
    }
  }

  private static void write(PostgresProgram dump, Target target, String snapshot, Path file) {
    dump.run(
        target.database(),
        List.of(
            "--format=custom",
            "--schema=" + target.schema(),
            "--snapshot=" + snapshot,
            "--lock-wait-timeout=30s",
            "--file=" + file));
  }

  private static void prove(PostgresProgram restore, Path file, Map<String, Long> rows) {
    long tables =
        restore
            .run(List.of("--list", file.toString()))
            .lines()
            .filter(line -> line.contains(" TABLE DATA "))
            .count();
    if (tables != rows.size()) {
      throw new MigrationFailure(
          ExitCode.FAILED,
          "The backup %s has the data of %d tables, the schema has %d: do not rely on it"
              .formatted(file, tables, rows.size()));
    }
  }

  /**
   * The newest complete backup of this very database and schema.
   *
   * @param folder searched with its direct children, as scripts/backup.sh makes them; it need not
   *     exist
   */
  public static Optional<Backup> latest(Target target, Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    String database = target.on(connection -> new Snapshot(target, connection).databaseId());
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return files
          .filter(BackupManifest::isManifest)
          .map(Backups::open)
          .filter(backup -> backup.manifest().schema().equals(target.schema()))
          .filter(backup -> backup.manifest().databaseId().equals(database))
          .filter(Backups::isComplete)
          .max(Comparator.comparing(backup -> backup.manifest().takenAt()));
    } catch (IOException e) {
      throw new MigrationFailure(
          ExitCode.REFUSED, "The folder of backups %s cannot be read".formatted(folder), e);
    }
  }

  private static Backup open(Path manifest) {
    var read = BackupManifest.read(manifest);
    return new Backup(manifest.resolveSibling(read.file()), read);
  }

  private static boolean isComplete(Backup backup) {
    try {
      return Files.size(backup.file()) == backup.manifest().bytes();
    } catch (IOException e) {
      return false;
    }
  }
}
