package io.a2g.common.reference.remote;

import io.a2g.common.reference.DatabaseTargetOwner;
import io.a2g.common.topology.Pin;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The owner's table {@code reference_reservations}: which schemas in other databases are about to
 * refer to a row here, or have done so a moment ago.
 */
final class Reservations {

  private final String table;
  private final JdbcClient jdbc;
  private final DatabaseTargetOwner owner;
  private final TransactionTemplate own;

  Reservations(PlatformSchema schema, JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.table = schema.schemaName() + ".reference_reservations";
    this.jdbc = jdbc;
    this.owner = new DatabaseTargetOwner(jdbc);
    this.own = new TransactionTemplate(transactions);
    this.own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** One of them. */
  record Reservation(UUID id, PlatformSchema holder) {}

  /**
   * Until the end of the transaction, a wait for a lock ends after a second: the other service then
   * hears "not now" while it still listens (two seconds), and can ask again.
   */
  static void limitLockWait(JdbcClient jdbc) {
    jdbc.sql("SELECT set_config('lock_timeout', '1s', true)").query(String.class).single();
  }

  /**
   * Pins all targets and reserves them, or reserves none.
   *
   * @return the pins whose target is live
   */
  Set<Pin> reserve(UUID id, PlatformSchema holder, List<Pin> pins) {
    return own.execute(status -> {
      limitLockWait(jdbc);
      Set<Pin> live = owner.pin(id, pins);
      if (live.containsAll(pins)) {
        insert(id, holder, pins);
      }
      return live;
    });
  }

  /**
   * Reserves a target that the caller's transaction has locked itself, and commits that at once.
   * Fails when the caller's transaction has ended on the server meanwhile: only while it is alive
   * the lock was there until the reservation could be seen.
   */
  void reserveLocked(UUID id, PlatformSchema holder, ReferenceTarget target, long targetId) {
    own.executeWithoutResult(status -> insert(id, holder, List.of(target.pin("id", targetId))));
    jdbc.sql("SELECT 1").query(Integer.class).single();
  }

  private void insert(UUID id, PlatformSchema holder, List<Pin> pins) {
    List<String> targets = new ArrayList<>();
    List<@Nullable Object> ids = new ArrayList<>();
    for (Pin pin : pins) {
      targets.add(pin.target().table());
      ids.add(pin.arguments().getFirst());
    }
    // A repeated call finds its own rows.
    jdbc.sql(
            """
            INSERT INTO %s (id, target, target_id, holder)
            SELECT ?, p.target, p.target_id, ? FROM unnest(?::text[], ?::bigint[]) AS p (target, target_id)
            ON CONFLICT DO NOTHING
            """
                .formatted(table))
        .param(id)
        .param(holder.schemaName())
        .param(targets.toArray(String[]::new))
        .param(ids.toArray(Long[]::new))
        .update();
  }

  /** Some of those for these rows, of whatever age. */
  List<Reservation> of(ReferenceTarget target, Collection<Long> ids, int limit) {
    return jdbc.sql(
            "SELECT DISTINCT id, holder FROM %s WHERE target = ? AND target_id = ANY (?) LIMIT ?"
                .formatted(table))
        .param(target.table())
        .param(ids.toArray(Long[]::new))
        .param(limit)
        .query((row, number) ->
            new Reservation(row.getObject(1, UUID.class), PlatformSchema.of(row.getString(2))))
        .list();
  }

  /** Holders that have reservations of this age. */
  List<PlatformSchema> holdersWithOlder(Duration age) {
    return jdbc.sql(
            "SELECT DISTINCT holder FROM %s WHERE reserved_at < now() - make_interval(secs => ?)"
                .formatted(table))
        .param(age.toMillis() / 1000.0)
        .query((row, number) -> PlatformSchema.of(row.getString(1)))
        .list();
  }

  /** The oldest of a holder, as far as no other replica settles them; locked. */
  List<UUID> lockOlder(PlatformSchema holder, Duration age, int limit) {
    return jdbc.sql(
            """
            SELECT id FROM %s WHERE holder = ? AND reserved_at < now() - make_interval(secs => ?)
            ORDER BY reserved_at LIMIT ? FOR UPDATE SKIP LOCKED
            """
                .formatted(table))
        .param(holder.schemaName())
        .param(age.toMillis() / 1000.0)
        .param(limit)
        .query((row, number) -> row.getObject(1, UUID.class))
        .list();
  }

  /** Removes what is settled. */
  void remove(Collection<UUID> ids) {
    jdbc.sql("DELETE FROM %s WHERE id = ANY (?)".formatted(table))
        .param(ids.toArray(UUID[]::new))
        .update();
  }
}
