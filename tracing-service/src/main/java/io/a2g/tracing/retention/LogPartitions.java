package io.a2g.tracing.retention;

import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The partitions of {@code tracing.log_entries}. */
@Repository
class LogPartitions {

  private static final int BATCH = 5_000;

  private final JdbcClient jdbc;

  LogPartitions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Makes what is missing up to some months ahead; returns how many. */
  int ensure(int monthsAhead) {
    return jdbc.sql("SELECT tracing.ensure_log_partitions(?)")
        .param(monthsAhead)
        .query(Integer.class)
        .single();
  }

  /** Drops months that ended before; returns how many. Never the current one. */
  int dropBefore(Instant cutoff) {
    return jdbc.sql("SELECT tracing.drop_log_partitions_before(?)")
        .param(cutoff.atOffset(ZoneOffset.UTC))
        .query(Integer.class)
        .single();
  }

  /** Removes old entries that never had a month of their own, in short statements. */
  int deleteStraysBefore(Instant cutoff) {
    int removed = 0;
    int batch;
    do {
      batch =
          jdbc.sql(
                  """
                  DELETE FROM tracing.log_entries_default WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM tracing.log_entries_default WHERE occurred_at < ? LIMIT ?))
                  """)
              .param(cutoff.atOffset(ZoneOffset.UTC))
              .param(BATCH)
              .update();
      removed += batch;
    } while (batch == BATCH);
    return removed;
  }
}
