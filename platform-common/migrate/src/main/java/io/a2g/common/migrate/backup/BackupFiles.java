package io.a2g.common.migrate.backup;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.topology.PlatformSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** The backups that somebody names, each looked at before anything is done with it. */
final class BackupFiles {

  private BackupFiles() {}

  /** Opened, unchanged since they were made, in the order of their schemas, each schema once. */
  static List<Backup> checked(List<Path> files) {
    List<Backup> backups =
        files.stream()
            .map(file -> new Backup(file, BackupManifest.read(BackupManifest.beside(file))))
            .sorted(Comparator.comparingInt(BackupFiles::order))
            .toList();
    var schemas = new HashSet<String>();
    for (Backup backup : backups) {
      requireUnchanged(backup);
      if (!schemas.add(backup.manifest().schema())) {
        throw MigrationFailure.refused(
            "There are two backups of the schema %s: give one"
                .formatted(backup.manifest().schema()));
      }
    }
    return backups;
  }

  private static int order(Backup backup) {
    String schema = backup.manifest().schema();
    int order =
        Stream.of(PlatformSchema.values()).map(PlatformSchema::schemaName).toList().indexOf(schema);
    if (order < 0) {
      throw MigrationFailure.refused(
          "%s is of the schema %s, which the platform does not have"
              .formatted(backup.file(), schema));
    }
    return order;
  }

  private static void requireUnchanged(Backup backup) {
    try {
      if (!PrivateFiles.sha256(backup.file()).equals(backup.manifest().sha256())) {
        throw MigrationFailure.refused(
            "%s is not what was written when the backup was taken (SHA-256 differs): use another backup"
                .formatted(backup.file()));
      }
    } catch (IOException e) {
      throw new MigrationFailure(ExitCode.REFUSED, "%s cannot be read".formatted(backup.file()), e);
    }
  }
}
