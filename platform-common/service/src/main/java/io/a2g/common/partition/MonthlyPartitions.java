package io.a2g.common.partition;

import io.a2g.common.topology.PlatformSchema;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the partitions of a table with one for each month of {@code occurred_at}, by the functions
 * of R__platform_functions.sql. A row without a month goes to the default partition, so nothing is
 * lost when a run fails.
 */
public final class MonthlyPartitions {

  private static final Logger log = LoggerFactory.getLogger(MonthlyPartitions.class);

  // A service that stands still for a quarter of a year still writes into months.
  private static final int MONTHS_AHEAD = 3;
  private static final int BATCH = 5_000;

  private final JdbcClient jdbc;
  private final String schema;
  private final String table;

  /** Of a table in this schema. */
  public MonthlyPartitions(JdbcClient jdbc, PlatformSchema schema, String table) {
    this.jdbc = jdbc;
    this.schema = schema.schemaName();
    this.table = table;
  }

  /**
   * Makes the months from the oldest row that is kept to three ahead, drops those that ended before
   * and deletes what is older outside of them; each in short transactions and whatever becomes of
   * the others.
   *
   * @throws RuntimeException of the first of them that failed
   */
  public void keep(Instant oldest) {
    OffsetDateTime cutoff = oldest.atOffset(ZoneOffset.UTC);
    RuntimeException failure = attempt("Made {} months of {}.{}", () -> make(cutoff), null);
    failure = attempt("Dropped {} months of {}.{}", () -> drop(cutoff), failure);
    failure = attempt("Deleted {} old rows of {}.{}", () -> delete(cutoff), failure);
    if (failure != null) {
      throw failure;
    }
  }

  private @Nullable RuntimeException attempt(
      String message, IntSupplier step, @Nullable RuntimeException before) {
    try {
      int done = step.getAsInt();
      if (done > 0) {
        log.info(message, done, schema, table);
      }
      return before;
    } catch (RuntimeException e) {
      if (before == null) {
        return e;
      }
      before.addSuppressed(e);
      return before;
    }
  }

  private int make(OffsetDateTime oldest) {
    int steps = 0;
    while (jdbc.sql("SELECT %s.next_partition(?, ?, ?)".formatted(schema))
        .params(table, oldest, MONTHS_AHEAD)
        .query(Boolean.class)
        .single()) {
      steps++;
    }
    return steps;
  }

  private int drop(OffsetDateTime cutoff) {
    return jdbc.sql("SELECT %s.drop_partitions_before(?, ?)".formatted(schema))
        .params(table, cutoff)
        .query(Integer.class)
        .single();
  }

  private int delete(OffsetDateTime cutoff) {
    int deleted = 0;
    int batch;
    do {
      batch =
          jdbc.sql("SELECT %s.delete_strays_before(?, ?, ?)".formatted(schema))
              .params(table, cutoff, BATCH)
              .query(Integer.class)
              .single();
      deleted += batch;
    } while (batch == BATCH);
    return deleted;
  }
}
