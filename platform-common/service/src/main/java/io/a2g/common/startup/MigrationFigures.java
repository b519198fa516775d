package io.a2g.common.startup;

import io.a2g.common.migrate.backfill.BackfillStatus;
import io.a2g.common.migrate.history.SchemaVersion;
import io.a2g.common.migrate.log.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What meters and health show about a schema.
 *
 * @param version on top; null when nothing is applied or nobody has looked yet
 * @param pending migrations of this release that are not applied, late ones included
 * @param failed rows that need repair
 * @param heldSince null when there is no hold
 * @param hold its version and reason; null when there is none
 * @param backfills of this release
 */
record MigrationFigures(
    @Nullable String version,
    int pending,
    int failed,
    @Nullable Instant heldSince,
    @Nullable String hold,
    List<BackfillStatus> backfills) {

  static final MigrationFigures UNKNOWN = new MigrationFigures(null, 0, 0, null, null, List.of());

  static MigrationFigures of(
      SchemaVersion schema, Optional<Hold> hold, List<BackfillStatus> backfills) {
    return new MigrationFigures(
        schema.version(),
        schema.pending() + schema.late(),
        schema.failed(),
        hold.map(Hold::since).orElse(null),
        hold.map(h -> "at %s by %s: %s".formatted(h.version(), h.actor(), h.reason())).orElse(null),
        backfills);
  }

  double heldSeconds(Instant now) {
    return heldSince == null ? 0 : Duration.between(heldSince, now).toMillis() / 1000.0;
  }
}
