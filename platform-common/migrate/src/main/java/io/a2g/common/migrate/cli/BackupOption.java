package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.backup.Backup;
import io.a2g.common.migrate.backup.Backups;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A backup before something is changed. */
final class BackupOption {

  /** How old a backup may be when rows are given up in production. */
  private static final Duration FRESH = Duration.ofMinutes(60);

  @Option(
      names = "--backup",
      description = "First write the schema into a file with pg_dump, and prove that file.")
  private boolean wanted;

  @Option(
      names = "--backup-dir",
      paramLabel = "DIR",
      description = "Folder of backups. Default: A2G_BACKUP_DIR, else backups.")
  private @Nullable Path folder;

  /** Whether one was asked for. */
  boolean isWanted() {
    return wanted;
  }

  /** Takes it when it was asked for; a failure ends the command before anything is changed. */
  void takeIfWanted(CommandOptions options, Target target) {
    if (!wanted) {
      return;
    }
    Backup backup = Backups.take(target, folder(options), options.environment());
    options
        .output()
        .line(
            "%s: backup %s, %d rows, proven"
                .formatted(target.schema(), backup.file(), backup.rowCount()));
  }

  /**
   * Rows that are given up in production must still be somewhere.
   *
   * @throws MigrationFailure when there is no backup of the last hour
   */
  void requireFresh(CommandOptions options, Target target) {
    Instant oldest = Instant.now().minus(FRESH);
    if (Backups.latest(target, folder(options))
        .filter(backup -> backup.manifest().takenAt().isAfter(oldest))
        .isEmpty()) {
      throw MigrationFailure.refused(
          "this is production: --allow-data-loss needs a backup of the last %d minutes in %s; add --backup"
              .formatted(FRESH.toMinutes(), folder(options)));
    }
  }

  private Path folder(CommandOptions options) {
    return BackupCommand.folder(options, folder);
  }
}
