package io.a2g.common.reference.remote;

import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The owner's tables {@code reference_events}, which triggers fill in the transaction of each
 * change, and {@code reference_subscriptions}, how far each holder has been told.
 *
 * <p>Ids are drawn before a commit, so a lower one may become visible after a higher one. Holders
 * are therefore told in the order of positions, which are given to committed events only, by one at
 * a time.
 */
final class Outbox {

  private static final int STAMPED_AT_ONCE = 1_000;
  private static final int KEPT_DAYS = 30;
  private static final int REMOVED_AT_ONCE = 5_000;

  private final String schema;
  private final JdbcClient jdbc;

  Outbox(PlatformSchema schema, JdbcClient jdbc) {
    this.schema = schema.schemaName();
    this.jdbc = jdbc;
  }

  /** An event and its place in the order of telling. */
  record Placed(long position, Protocol.Event event) {}

  /** How far a holder has been told. */
  record Subscription(long position, int failures) {}

  /** Makes these the only subscribers; a new one is told everything that is kept. */
  void subscribe(Collection<PlatformSchema> holders) {
    String[] names = holders.stream().map(PlatformSchema::schemaName).toArray(String[]::new);
    jdbc.sql(sql("DELETE FROM %s.reference_subscriptions WHERE subscriber <> ALL (?)"))
        .param(names)
        .update();
    jdbc.sql(
            sql(
                """
                INSERT INTO %s.reference_subscriptions (subscriber) SELECT unnest(?)
                ON CONFLICT DO NOTHING
                """))
        .param(names)
        .update();
  }

  /** Gives positions to what was committed since; in a transaction. */
  void place() {
    boolean alone =
        jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))")
            .param(schema + ".reference_events")
            .query(Boolean.class)
            .single();
    if (!alone) {
      return;
    }
    jdbc.sql(
            sql(
                """
                UPDATE %1$s.reference_events e SET position = n.position
                FROM (SELECT o.id, nextval('%1$s.reference_event_positions') AS position
                      FROM (SELECT id FROM %1$s.reference_events WHERE position IS NULL
                            ORDER BY id LIMIT ?) o) n
                WHERE e.id = n.id
                """))
        .param(STAMPED_AT_ONCE)
        .update();
  }

  /** Locks the subscription of a holder; empty when another replica has it or it is not due. */
  Optional<Subscription> lockDue(PlatformSchema holder) {
    return jdbc.sql(
            sql(
                """
                SELECT position, failures FROM %s.reference_subscriptions
                WHERE subscriber = ? AND next_attempt_at <= now() FOR UPDATE SKIP LOCKED
                """))
        .param(holder.schemaName())
        .query((row, number) -> new Subscription(row.getLong(1), row.getInt(2)))
        .optional();
  }

  /** The next events behind a position. */
  List<Placed> after(long position, int limit) {
    return jdbc.sql(
            sql(
                """
                SELECT position, id, target, target_id, kind, occurred_at FROM %s.reference_events
                WHERE position > ? ORDER BY position LIMIT ?
                """))
        .params(position, limit)
        .query((row, number) ->
            new Placed(
                row.getLong(1),
                new Protocol.Event(
                    row.getLong(2),
                    ReferenceTarget.ofTable(row.getString(3)).orElseThrow(),
                    row.getLong(4),
                    Protocol.EventKind.valueOf(row.getString(5)),
                    row.getObject(6, OffsetDateTime.class).toInstant())))
        .list();
  }

  void told(PlatformSchema holder, long position) {
    jdbc.sql(
            sql(
                """
                UPDATE %s.reference_subscriptions SET position = ?, failures = 0, next_attempt_at = now()
                WHERE subscriber = ?
                """))
        .param(position)
        .param(holder.schemaName())
        .update();
  }

  /** The next attempt comes later each time, at most five minutes later, and never not at all. */
  void failed(PlatformSchema holder, int failures) {
    jdbc.sql(
            sql(
                """
                UPDATE %s.reference_subscriptions
                SET failures = ?, next_attempt_at = now() + least(interval '5 minutes', interval '1 second' * power(2, least(?, 20)))
                WHERE subscriber = ?
                """))
        .params(failures, failures, holder.schemaName())
        .update();
  }

  /** Removes some old events that every subscriber was told; returns how many. */
  int removeOld() {
    return jdbc.sql(
            sql(
                """
                DELETE FROM %1$s.reference_events WHERE id IN (
                  SELECT e.id FROM %1$s.reference_events e
                  WHERE e.occurred_at < now() - make_interval(days => ?)
                    AND NOT EXISTS (SELECT FROM %1$s.reference_subscriptions s
                                    WHERE e.position IS NULL OR s.position < e.position)
                  ORDER BY e.occurred_at LIMIT ?)
                """))
        .params(KEPT_DAYS, REMOVED_AT_ONCE)
        .update();
  }

  private String sql(String text) {
    return text.formatted(schema);
  }
}
