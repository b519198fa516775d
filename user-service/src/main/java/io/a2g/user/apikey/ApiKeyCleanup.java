package io.a2g.user.apikey;

import io.a2g.common.job.PlatformJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Removes keys that ended long ago; the audit keeps their history. */
@Component
class ApiKeyCleanup {

  private static final int BATCH = 1_000;

  private final JdbcClient jdbc;
  private final ApiKeyProperties properties;
  private final Clock clock;

  ApiKeyCleanup(JdbcClient jdbc, ApiKeyProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.clock = clock;
  }

  @Bean
  PlatformJob apiKeyCleanupJob(Environment environment) {
    // As often as deleted rows are removed.
    Duration pause = environment.getRequiredProperty("platform.purge.interval", Duration.class);
    return new PlatformJob("api-key-cleanup", pause, this::run);
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
