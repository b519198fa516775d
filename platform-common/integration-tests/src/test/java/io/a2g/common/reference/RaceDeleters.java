package io.a2g.common.reference;

import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Everything in a race that makes rows go. */
final class RaceDeleters {

  private final Replicas replicas;
  private final RaceRules rules;
  private final AtomicLong purged = new AtomicLong();

  RaceDeleters(Replicas replicas, RaceRules rules) {
    this.replicas = replicas;
    this.rules = rules;
  }

  /** How many rows the purges removed. */
  long purgedRows() {
    return purged.get();
  }

  /**
   * Marks a row deleted that others may refer to.
   *
   * @param heir who gets what refers to it; null: nobody
   */
  RaceOutcome delete(RandomGenerator random, ReferenceTarget target, long id, @Nullable Long heir) {
    if (heir != null && heir == id) {
      return RaceOutcome.NOTHING_TO_DO;
    }
    Replica replica = replicas.any(random, target.owner());
    return replica.inTransaction(() -> {
      if (rules.asksBeforeLock()) {
        settleHolders(replica, target, id, heir);
        Replicas.stallSometimes(random);
      }
      if (!lockLive(replica, target, id)) {
        return RaceOutcome.NOTHING_TO_DO;
      }
      if (!rules.asksBeforeLock()) {
        settleHolders(replica, target, id, heir);
        Replicas.stallSometimes(random);
      }
      return markDeleted(replica, target.table(), id);
    });
  }

  /** Marks a row deleted that nobody refers to. */
  RaceOutcome deleteLeaf(RandomGenerator random, PlatformSchema schema, String table, long id) {
    Replica replica = replicas.any(random, schema);
    return replica.inTransaction(() -> markDeleted(replica, table, id));
  }

  RaceOutcome purge(RandomGenerator random) {
    PlatformSchema schema = Replicas.schemas().get(random.nextInt(Replicas.schemas().size()));
    long rows = replicas.any(random, schema).purge().run();
    purged.addAndGet(rows);
    return rows > 0 ? RaceOutcome.DONE : RaceOutcome.NOTHING_TO_DO;
  }

  private static void settleHolders(
      Replica replica, ReferenceTarget target, long id, @Nullable Long heir) {
    if (heir != null) {
      replica.verifier().pin(Replicas.pin(target, heir));
      replica.holders().handOver(target, id, heir);
    }
    replica.holders().requireDeletable(target, id);
  }

  private static boolean lockLive(Replica replica, ReferenceTarget target, long id) {
    return replica
        .jdbc()
        .sql(
            "SELECT id FROM %s WHERE id = ? AND deleted_at IS NULL FOR UPDATE"
                .formatted(target.table()))
        .param(id)
        .query(Long.class)
        .optional()
        .isPresent();
  }

  private static RaceOutcome markDeleted(Replica replica, String table, long id) {
    int rows =
        replica
            .jdbc()
            .sql(
                "UPDATE %s SET deleted_at = now(), version = version + 1 WHERE id = ? AND deleted_at IS NULL"
                    .formatted(table))
            .param(id)
            .update();
    return rows == 1 ? RaceOutcome.DONE : RaceOutcome.NOTHING_TO_DO;
  }
}
