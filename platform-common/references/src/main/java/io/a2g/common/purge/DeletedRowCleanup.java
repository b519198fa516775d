package io.a2g.common.purge;

import io.a2g.common.purge.Purgeable.Dependent;
import io.a2g.common.reference.ReferenceHolders;
import io.a2g.common.reference.Referrer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The purge: removes deleted rows for good. A row goes when its retention is over and no row of any
 * service refers to it, not even a deleted one; what is still referred to stays as a tombstone and
 * is asked about again in the next run. Several replicas share the work.
 */
public class DeletedRowCleanup {

  private static final Logger log = LoggerFactory.getLogger(DeletedRowCleanup.class);

  /** Rows of one transaction: few, because their dependents go in it too. */
  private static final int BATCH = 100;

  private final List<Purgeable> tables;
  private final Duration retention;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final ReferenceHolders holders;
  private final MeterRegistry meters;
  private final Clock clock;

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
  }

  /** Removes what can go; returns how many rows, dependents not counted. */
  public long run() {
    Instant cutoff = clock.instant().minus(retention);
    return tables.stream().mapToLong(table -> run(table, cutoff)).sum();
  }

  private long run(Purgeable table, Instant cutoff) {
    long removed = 0;
    long after = 0;
    while (true) {
      long from = after;
      Batch batch = transactions.execute(status -> purge(table, cutoff, from));
      removed += batch.removed();
      after = batch.last();
      if (batch.seen() < BATCH) {
        break;
      }
    }
    if (removed > 0) {
      meters.counter("platform.purge.rows", "table", table.table()).increment((double) removed);
      log.info("Purged {} rows of {}", removed, table.table());
    }
    return removed;
  }

  private record Batch(int seen, int removed, long last) {}

  private Batch purge(Purgeable table, Instant cutoff, long after) {
    List<Long> candidates =
        jdbc.sql(
                "SELECT id FROM %s WHERE deleted_at IS NOT NULL AND deleted_at <= ? AND id > ? ORDER BY id LIMIT %d FOR UPDATE SKIP LOCKED"
                    .formatted(table.table(), BATCH))
            .params(cutoff.atOffset(ZoneOffset.UTC), after)
            .query((row, number) -> row.getLong(1))
            .list();
    if (candidates.isEmpty()) {
      return new Batch(0, 0, after);
    }
    Set<Long> free = new HashSet<>(candidates);
    free.removeAll(referenced(table, candidates));
    remove(table, free.toArray(Long[]::new));
    return new Batch(candidates.size(), free.size(), candidates.getLast());
  }

  private Set<Long> referenced(Purgeable table, List<Long> ids) {
    return table.target() == null
        ? Set.of()
        : holders.referrers(table.target(), ids).stream()
            .map(Referrer::targetId)
            .collect(Collectors.toSet());
  }

  private void remove(Purgeable table, Long[] ids) {
    for (Dependent dependent : table.dependents()) {
      jdbc.sql(
              "DELETE FROM %s WHERE %s IN (SELECT %s FROM %s WHERE id = ANY (?))"
                  .formatted(dependent.table(), dependent.column(), dependent.key(), table.table()))
          .param(ids)
          .update();
    }
    jdbc.sql("DELETE FROM " + table.table() + " WHERE id = ANY (?)").param(ids).update();
  }
}
