package io.a2g.user.oauth.grant;

import io.a2g.common.job.PlatformJob;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Removes expired grants, sign-in sessions and sign-in attempts. */
@Component
class GrantCleanup {

  // A code or refresh token that comes back late is still recognised as one that was used.
  private static final Duration KEPT = Duration.ofDays(1);

  private final Grants grants;
  private final JdbcClient jdbc;
  private final Clock clock;

  GrantCleanup(Grants grants, JdbcClient jdbc, Clock clock) {
    this.grants = grants;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Bean
  PlatformJob grantCleanupJob() {
    return new PlatformJob("grant-cleanup", Duration.ofHours(1), this::run);
  }

  /** Removes them; returns how many grants. */
  int run() {
    jdbc.sql("DELETE FROM users.sign_in_sessions WHERE expires_at < now()").update();
    jdbc.sql("DELETE FROM users.sign_in_attempts WHERE expires_at < now()").update();
    return grants.deleteExpired(clock.instant().minus(KEPT));
  }
}
