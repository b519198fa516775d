package io.a2g.chat.file;

import io.a2g.common.readiness.SchemaReadiness;
import io.a2g.common.readiness.SchemaReady;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes files that no row points to: what a crash between file and row left behind. Only those
 * older than a day, so that no upload under way loses its file. Safe on several replicas at once.
 */
@Component
class FileSweeper {

  private static final Logger log = LoggerFactory.getLogger(FileSweeper.class);
  private static final Duration AGE = Duration.ofHours(24);
  private static final int BATCH = 500;

  private final FileStore store;
  private final JdbcClient jdbc;
  private final SchemaReadiness migrations;
  private final Clock clock;

  FileSweeper(FileStore store, JdbcClient jdbc, SchemaReadiness migrations, Clock clock) {
    this.store = store;
    this.jdbc = jdbc;
    this.migrations = migrations;
    this.clock = clock;
  }

  // Not in the way of readiness, and no reason to fail a start.
  @EventListener(SchemaReady.class)
  void sweepAfterStart() {
    Thread.ofVirtual().name("file-sweep").start(this::sweepQuietly);
  }

  @Scheduled(fixedDelayString = "P1D", initialDelayString = "P1D")
  void sweepDaily() {
    if (migrations.isReady()) {
      sweepQuietly();
    }
  }

  private void sweepQuietly() {
    try {
      int removed = sweep();
      log.info("Removed {} files without a row", removed);
    } catch (RuntimeException e) {
      log.warn("Files without a row were not removed, next try in a day: {}", e.toString());
    }
  }

  /** Returns how many files were removed. */
  int sweep() {
    Instant cutoff = clock.instant().minus(AGE);
    store.removeDraftsBefore(cutoff);
    var removed = new AtomicInteger();
    store.forEachStoredBefore(cutoff, BATCH, keys -> removed.addAndGet(removeOrphans(keys)));
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
    return jdbc.sql("SELECT EXISTS (SELECT FROM chat.file_uploads)")
        .query((row, number) -> row.getBoolean(1))
        .single();
  }
}
