package io.a2g.common.purge;

import io.a2g.common.purge.Purgeable.Dependent;
import io.a2g.common.reference.ReferenceHolders;
import io.a2g.common.reference.Referrer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The purge: removes deleted rows for good. A row goes when its retention is over and no row of any
 * service refers to it, not even a deleted one; what is still referred to stays as a tombstone and
 * is asked about again in the next run. Several replicas share the work.
 */
public class DeletedRowCleanup {

  private static final Logger log = LoggerFactory.getLogger(DeletedRowCleanup.class);

  /** Rows of one transaction; half of them when it takes too long, and so on. */
  private static final int BATCH = 100;

  /** Dependents of one transaction. */
  private static final int CHUNK = 5_000;

  private static final int DEPENDENTS_LEFT = -1;

  private final List<Purgeable> tables;
  private final Duration retention;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final ReferenceHolders holders;
  private final MeterRegistry meters;
  private final Clock clock;
  private final Map<Purgeable, AtomicInteger> stuck = new HashMap<>();

  DeletedRowCleanup(
      List<Purgeable> tables,
      Duration retention,
      JdbcClient jdbc,
      TransactionTemplate transactions,
      ReferenceHolders holders,
      MeterRegistry meters,
      Clock clock) {
    this.tables = tables;
    this.retention = retention;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.holders = holders;
    this.meters = meters;
    this.clock = clock;
    for (Purgeable table : tables) {
      AtomicInteger rows = new AtomicInteger();
      stuck.put(table, rows);
      Gauge.builder("platform.purge.stuck", rows, AtomicInteger::get)
          .description("Rows that the last run could not remove although nothing refers to them")
          .tag("table", table.table())
          .register(meters);
    }
  }

  /**
   * Removes what can go; returns how many rows, dependents not counted.
   *
   * @throws RuntimeException of the first table that failed, when the others are done
   */
  public long run() {
    Instant cutoff = clock.instant().minus(retention);
    long removed = 0;
    RuntimeException failure = null;
    for (Purgeable table : tables) {
      try {
        removed += run(table, cutoff);
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
    return removed;
  }

  private record Count(int removed, int stuck) {

    Count plus(Count other) {
      return new Count(removed + other.removed, stuck + other.stuck);
    }
  }

  private long run(Purgeable table, Instant cutoff) {
    Count count = new Count(0, 0);
    List<Long> rows = candidates(table, cutoff, 0);
    while (!rows.isEmpty()) {
      count = count.plus(purge(table, cutoff, rows));
      rows = candidates(table, cutoff, rows.getLast());
    }
    if (count.removed > 0) {
      meters.counter("platform.purge.rows", "table", table.table()).increment(count.removed);
      log.info("Purged {} rows of {}", count.removed, table.table());
    }
    Objects.requireNonNull(stuck.get(table)).set(count.stuck);
    return count.removed;
  }

  private List<Long> candidates(Purgeable table, Instant cutoff, long after) {
    return jdbc.sql(
            "SELECT id FROM %s WHERE deleted_at IS NOT NULL AND deleted_at <= ? AND id > ? ORDER BY id LIMIT %d"
                .formatted(table.table(), BATCH))
        .params(cutoff.atOffset(ZoneOffset.UTC), after)
        .query((row, number) -> row.getLong(1))
        .list();
  }

  // One row that takes too long, or that something unforeseen hangs on, keeps no other.
  private Count purge(Purgeable table, Instant cutoff, List<Long> rows) {
    try {
      int removed;
      do {
        removed = transactions.execute(status -> remove(table, cutoff, rows));
      } while (removed == DEPENDENTS_LEFT);
      return new Count(removed, 0);
    } catch (QueryTimeoutException | DataIntegrityViolationException e) {
      if (rows.size() == 1) {
        log.warn(
            "Row {} of {} cannot be removed: {}", rows.getFirst(), table.table(), e.getMessage());
        return new Count(0, 1);
      }
      int half = rows.size() / 2;
      return purge(table, cutoff, rows.subList(0, half))
          .plus(purge(table, cutoff, rows.subList(half, rows.size())));
    }
  }

  private int remove(Purgeable table, Instant cutoff, List<Long> rows) {
    List<Long> locked =
        jdbc.sql(
                "SELECT id FROM %s WHERE id = ANY (?) AND deleted_at <= ? ORDER BY id FOR UPDATE SKIP LOCKED"
                    .formatted(table.table()))
            .params(rows.toArray(Long[]::new), cutoff.atOffset(ZoneOffset.UTC))
            .query((row, number) -> row.getLong(1))
            .list();
    Set<Long> free = new HashSet<>(locked);
    free.removeAll(referenced(table, locked));
    Long[] ids = free.toArray(Long[]::new);
    for (Dependent dependent : table.dependents()) {
      if (removeChunk(table, dependent, ids) >= CHUNK) {
        return DEPENDENTS_LEFT;
      }
    }
    return jdbc.sql("DELETE FROM " + table.table() + " WHERE id = ANY (?)").param(ids).update();
  }

  private Set<Long> referenced(Purgeable table, List<Long> ids) {
    return table.target() == null || ids.isEmpty()
        ? Set.of()
        : holders.referrers(table.target(), ids).stream()
            .map(Referrer::targetId)
            .collect(Collectors.toSet());
  }

  // By their places in the table, which partitions share: so the key decides too.
  private int removeChunk(Purgeable table, Dependent dependent, Long[] ids) {
    String theirs =
        "%s IN (SELECT %s FROM %s WHERE id = ANY (:ids))"
            .formatted(dependent.column(), dependent.key(), table.table());
    return jdbc.sql(
            "DELETE FROM %1$s WHERE %2$s AND ctid = ANY (ARRAY(SELECT ctid FROM %1$s WHERE %2$s LIMIT %3$d))"
                .formatted(dependent.table(), theirs, CHUNK))
        .param("ids", ids)
        .update();
  }
}
