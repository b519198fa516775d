package io.a2g.common.reference.remote;

import io.a2g.common.error.RetryLater;
import io.a2g.common.topology.PlatformSchema;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The holder's table {@code reference_marks}: which reservations were used, and which cannot be any
 * more. Its primary key is the fence; the first insert has decided.
 */
final class ReservationOutcomes {

  /** Far longer than any transaction can live; see the package's description. */
  private static final Duration KEPT = Duration.ofDays(7);

  private static final int BATCH = 5_000;

  private final String table;
  private final JdbcClient jdbc;

  ReservationOutcomes(PlatformSchema schema, JdbcClient jdbc) {
    this.table = schema.schemaName() + ".reference_marks";
    this.jdbc = jdbc;
  }

  /**
   * Uses a reservation in the transaction that stores the row.
   *
   * @throws RetryLater when the owner has given it up meanwhile
   */
  void hold(UUID reservation) {
    if (!tryHold(reservation)) {
      throw new RetryLater(
          "This took so long that what it refers to may be gone; nothing was stored.",
          Duration.ofSeconds(1));
    }
  }

  /** As {@link #hold}; false when there is a mark already. */
  boolean tryHold(UUID reservation) {
    // Waits for a transaction that is about to insert the same one.
    return jdbc.sql(
                "INSERT INTO %s (id, state) VALUES (?, 'HELD') ON CONFLICT DO NOTHING"
                    .formatted(table))
            .param(reservation)
            .update()
        == 1;
  }

  /** Whether a reservation that has a mark was used. */
  boolean isHeld(UUID reservation) {
    return jdbc.sql("SELECT state = 'HELD' FROM %s WHERE id = ?".formatted(table))
        .param(reservation)
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /** Gives up those that are not used; waits for transactions that are using one now. */
  int abandon(Collection<UUID> reservations) {
    return jdbc.sql(
            """
            INSERT INTO %s (id, state) SELECT r.id, 'ABANDONED' FROM unnest(?) AS r (id) ORDER BY r.id
            ON CONFLICT DO NOTHING
            """
                .formatted(table))
        .param(reservations.toArray(UUID[]::new))
        .update();
  }

  /** Removes some of those that cannot be needed any more; returns how many. */
  int removeOld() {
    return jdbc.sql(
            """
            DELETE FROM %1$s WHERE id IN (
              SELECT id FROM %1$s WHERE marked_at < now() - make_interval(days => ?)
              ORDER BY marked_at LIMIT ?)
            """
                .formatted(table))
        .param((int) KEPT.toDays())
        .param(BATCH)
        .update();
  }
}
