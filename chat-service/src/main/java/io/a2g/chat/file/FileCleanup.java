package io.a2g.chat.file;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes the files that the database has listed for 30 days: their row was removed, or a crash
 * came between file and row. A file that the database does not know stays: it may be that of a
 * newer one, because this one was restored. Safe on several replicas at once.
 */
final class FileCleanup {

  private static final Logger log = LoggerFactory.getLogger(FileCleanup.class);

  // As long as a backup can be restored without its files, and a mistake be noticed.
  private static final Duration QUARANTINE = Duration.ofDays(30);
  private static final Duration LONGEST_UPLOAD = Duration.ofDays(1);
  private static final int BATCH = 500;

  private final FileStore store;
  private final StorageBinding binding;
  private final JdbcClient jdbc;
  private final Clock clock;

  FileCleanup(FileStore store, StorageBinding binding, JdbcClient jdbc, Clock clock) {
    this.store = store;
    this.binding = binding;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Returns how many files were removed.
   *
   * @throws IllegalStateException when the folder is not that of this database; then none is
   */
  int run() {
    binding.requireBound();
    Instant now = clock.instant();
    store.removeDraftsBefore(now.minus(LONGEST_UPLOAD));
    int removed = 0;
    List<String> batch = listed(now.minus(QUARANTINE), "");
    while (!batch.isEmpty()) {
      List<String> gone = batch.stream().filter(store::remove).toList();
      forget(gone);
      removed += gone.size();
      batch = listed(now.minus(QUARANTINE), batch.getLast());
    }
    log.info("Removed {} files that were listed for {} days", removed, QUARANTINE.toDays());
    return removed;
  }

  // A row counts more than the list, whoever wrote either.
  private List<String> listed(Instant before, String after) {
    return jdbc.sql(
            """
            SELECT storage_key FROM chat.files_to_remove f
            WHERE listed_at < ? AND storage_key > ?
              AND NOT EXISTS (SELECT FROM chat.file_uploads u WHERE u.storage_key = f.storage_key)
            ORDER BY storage_key LIMIT ?
            """)
        .params(Timestamp.from(before), after, BATCH)
        .query((row, number) -> row.getString(1))
        .list();
  }

  private void forget(List<String> keys) {
    jdbc.sql("DELETE FROM chat.files_to_remove WHERE storage_key = ANY (?)")
        .param(keys.toArray(String[]::new))
        .update();
  }
}
