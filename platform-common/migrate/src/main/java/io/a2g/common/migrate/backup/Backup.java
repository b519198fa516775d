package io.a2g.common.migrate.backup;

import java.nio.file.Path;

/**
 * A backup that is there.
 *
 * @param file pg_dump's custom format, for pg_restore
 * @param manifest what is in it
 */
public record Backup(Path file, BackupManifest manifest) {

  /** All rows of all tables. */
  public long rowCount() {
    return manifest.rows().values().stream().mapToLong(Long::longValue).sum();
  }
}
