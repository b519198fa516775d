package io.a2g.chat.file;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes files that no row points to: what a crash between file and row left behind. Only those
 * older than a day, so that no upload under way loses its file. Safe on several replicas at once.
 */
final class FileCleanup {

  private static final Logger log = LoggerFactory.getLogger(FileCleanup.class);
  private static final Duration AGE = Duration.ofHours(24);
  private static final int BATCH = 500;

  private final FileStore store;
  private final JdbcClient jdbc;
  private final Clock clock;

  FileCleanup(FileStore store, JdbcClient jdbc, Clock clock) {
    this.store = store;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Returns how many files were removed. */
  int removeOrphans() {
    Instant cutoff = clock.instant().minus(AGE);
    store.removeDraftsBefore(cutoff);
    var removed = new AtomicInteger();
    store.forEachStoredBefore(cutoff, BATCH, keys -> removed.addAndGet(removeOrphans(keys)));
    log.info("Removed {} files without a row", removed);
    return removed.get();
  }

  private int removeOrphans(List<String> keys) {
    if (!anyRow()) {
      // A folder full of files beside an empty table is a service on the wrong database.
      log.warn("The table of files is empty; {} or more files without a row stay", keys.size());
      return 0;
    }
    List<String> orphans =
        jdbc.sql(
                """
                SELECT k FROM unnest(CAST(? AS text[])) AS k
                WHERE NOT EXISTS (SELECT FROM chat.file_uploads WHERE storage_key = k)
                """)
            .param(keys.toArray(String[]::new))
            .query((row, number) -> row.getString(1))
            .list();
    orphans.forEach(store::remove);
    return orphans.size();
  }

  private boolean anyRow() {
    return jdbc.sql("SELECT EXISTS (SELECT FROM chat.file_uploads)").query(Boolean.class).single();
  }
}
