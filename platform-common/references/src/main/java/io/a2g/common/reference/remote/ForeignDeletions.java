package io.a2g.common.reference.remote;

import io.a2g.common.topology.Pin;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import io.a2g.common.topology.TargetChanged;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The holder's table {@code foreign_deletions}: what other databases announced about their rows. It
 * spares calls and is no proof of anything: what is not in it may be deleted all the same.
 */
final class ForeignDeletions {

  private static final int KEPT_DAYS = 90;
  private static final int BATCH = 5_000;

  private final String table;
  private final JdbcClient jdbc;

  ForeignDeletions(PlatformSchema schema, JdbcClient jdbc) {
    this.table = schema.schemaName() + ".foreign_deletions";
    this.jdbc = jdbc;
  }

  /**
   * The pins whose target is not known to be deleted. As the first statement of a transaction it
   * begins it on the server, which from now on ends it when it is idle for a minute: the outcomes
   * of reservations rely on that.
   */
  List<Pin> beginAndFilter(List<Pin> pins) {
    List<String> targets = new ArrayList<>();
    List<@Nullable Object> ids = new ArrayList<>();
    for (Pin pin : pins) {
      targets.add(pin.target().table());
      ids.add(pin.arguments().getFirst());
    }
    Boolean[] deleted =
        jdbc.sql(
                """
                SELECT set_config('idle_in_transaction_session_timeout', '60s', true), ARRAY(
                  SELECT EXISTS (SELECT FROM %s d WHERE d.target = p.target AND d.target_id = p.target_id
                                 AND d.kind <> 'RESTORED')
                  FROM unnest(?::text[], ?::bigint[]) WITH ORDINALITY AS p (target, target_id, position)
                  ORDER BY p.position)
                """
                    .formatted(table))
            .param(targets.toArray(String[]::new))
            .param(ids.toArray(Long[]::new))
            .query((row, number) -> (Boolean[]) row.getArray(2).getArray())
            .single();
    return IntStream.range(0, pins.size()).filter(i -> !deleted[i]).mapToObj(pins::get).toList();
  }

  /**
   * Remembers events. The newest event of a target counts, in whatever order they come and however
   * often.
   *
   * @return those that told something new
   */
  List<TargetChanged> apply(List<Protocol.Event> events) {
    return jdbc.sql(
            """
            INSERT INTO %s AS known (target, target_id, event_id, kind, occurred_at)
            SELECT DISTINCT ON (e.target, e.target_id) e.target, e.target_id, e.id, e.kind, e.occurred_at
            FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::timestamptz[])
              AS e (target, target_id, id, kind, occurred_at)
            ORDER BY e.target, e.target_id, e.id DESC
            ON CONFLICT (target, target_id) DO UPDATE
              SET event_id = EXCLUDED.event_id, kind = EXCLUDED.kind,
                  occurred_at = EXCLUDED.occurred_at, received_at = now()
              WHERE known.event_id < EXCLUDED.event_id
            RETURNING target, target_id
            """
                .formatted(table))
        .param(events.stream().map(event -> event.target().table()).toArray(String[]::new))
        .param(events.stream().map(Protocol.Event::targetId).toArray(Long[]::new))
        .param(events.stream().map(Protocol.Event::id).toArray(Long[]::new))
        .param(events.stream().map(event -> event.kind().name()).toArray(String[]::new))
        .param(
            events.stream()
                .map(event -> event.occurredAt().atOffset(ZoneOffset.UTC).toString())
                .toArray(String[]::new))
        .query((row, number) ->
            new TargetChanged(
                ReferenceTarget.ofTable(row.getString(1)).orElseThrow(), row.getLong(2)))
        .list();
  }

  /**
   * Removes some that are so old that no event of the same target can still be on its way; returns
   * how many.
   */
  int removeOld() {
    return jdbc.sql(
            """
            DELETE FROM %1$s WHERE (target, target_id) IN (
              SELECT target, target_id FROM %1$s WHERE received_at < now() - make_interval(days => ?)
              ORDER BY received_at LIMIT ?)
            """
                .formatted(table))
        .param(KEPT_DAYS)
        .param(BATCH)
        .update();
  }
}
