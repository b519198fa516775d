package io.a2g.user.apikey;

import io.a2g.common.readiness.SchemaReadiness;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes keys that were refused for a long time; the audit keeps what was done with them. */
@Component
class KeyPurge {

  private static final Logger log = LoggerFactory.getLogger(KeyPurge.class);
  private static final int BATCH = 1_000;

  private final JdbcClient jdbc;
  private final KeyProperties properties;
  private final SchemaReadiness migrations;
  private final Clock clock;

  KeyPurge(JdbcClient jdbc, KeyProperties properties, SchemaReadiness migrations, Clock clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.migrations = migrations;
    this.clock = clock;
  }

  @Scheduled(
      fixedDelayString = "${platform.purge.interval}",
      initialDelayString = "${platform.purge.initial-delay}")
  void runQuietly() {
    if (!migrations.isReady()) {
      return;
    }
    try {
      log.debug("Removed {} API keys", run());
    } catch (DataAccessException e) {
      log.warn("The removal of old API keys is put off: {}", e.getMostSpecificCause().getMessage());
    }
  }

  /** Removes them in small transactions; returns how many. */
  long run() {
    Instant cutoff = clock.instant().minus(properties.retention());
    long removed = 0;
    int last;
    do {
      last =
          jdbc.sql(
                  """
                  DELETE FROM users.api_keys WHERE id IN (
                    SELECT k.id FROM users.api_keys k
                    WHERE least(k.revoked_at, k.expires_at) < ? LIMIT ? FOR UPDATE SKIP LOCKED)
                  """)
              .params(cutoff.atOffset(ZoneOffset.UTC), BATCH)
              .update();
      removed += last;
    } while (last == BATCH);
    return removed;
  }
}
