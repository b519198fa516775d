package io.a2g.user.oauth.grant;

import io.a2g.common.readiness.SchemaReadiness;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes grants, sessions and attempts that are over. */
@Component
class ExpiredGrants {

  private static final Logger log = LoggerFactory.getLogger(ExpiredGrants.class);
  // A code or refresh token that comes back late is still recognised as one that was used.
  private static final Duration KEPT = Duration.ofDays(1);

  private final Grants grants;
  private final JdbcClient jdbc;
  private final SchemaReadiness migrations;
  private final Clock clock;

  ExpiredGrants(Grants grants, JdbcClient jdbc, SchemaReadiness migrations, Clock clock) {
    this.grants = grants;
    this.jdbc = jdbc;
    this.migrations = migrations;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT8M")
  void removeQuietly() {
    if (!migrations.isReady()) {
      return;
    }
    try {
      log.debug("Removed {} expired grants", remove());
    } catch (DataAccessException e) {
      log.warn("Removal of expired grants is put off: {}", e.getMostSpecificCause().getMessage());
    }
  }

  /** Returns how many grants went. */
  int remove() {
    Instant now = clock.instant();
    jdbc.sql("DELETE FROM users.sign_in_sessions WHERE expires_at < now()").update();
    jdbc.sql("DELETE FROM users.sign_in_attempts WHERE expires_at < now()").update();
    return grants.deleteExpired(now.minus(KEPT));
  }
}
