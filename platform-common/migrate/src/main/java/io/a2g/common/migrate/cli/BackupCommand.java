package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.backup.Backup;
import io.a2g.common.migrate.backup.BackupManifest;
import io.a2g.common.migrate.backup.Backups;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "backup",
    description = {
      "Writes the schema into a file with pg_dump, and proves that the file can be read.",
      "Beside it comes a .json with time, version, SHA-256 and the rows of every table."
    })
final class BackupCommand extends ToolCommand {

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Folder for the file. Default: A2G_BACKUP_DIR, else backups.")
  private @Nullable Path folder;

  /** The answer as JSON. */
  record Answer(String file, BackupManifest manifest) {}

  @Override
  Reply reply() {
    Target target = options.target();
    options.output().line("%s: backing up".formatted(target.display()));
    Backup backup = Backups.take(target, folder(options, folder), options.environment());
    var manifest = backup.manifest();
    return Reply.sentence(
        target,
        new Answer(backup.file().toString(), manifest),
        "@|bold %s|@, %d tables, %d rows, %d KiB, proven"
            .formatted(
                backup.file(), manifest.rows().size(), backup.rowCount(), manifest.bytes() / 1024));
  }

  /** The folder for backups: the one of the option, else of A2G_BACKUP_DIR, else backups. */
  static Path folder(CommandOptions options, @Nullable Path given) {
    String setting = options.setting("A2G_BACKUP_DIR");
    return given != null ? given : Path.of(setting == null ? "backups" : setting);
  }
}
