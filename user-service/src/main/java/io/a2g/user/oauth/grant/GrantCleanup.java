package io.a2g.user.oauth.grant;

import io.a2g.common.job.PlatformJob;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Removes expired grants, sign-in sessions and sign-in attempts, in short transactions. */
@Component
class GrantCleanup {

  private static final String OVER = "expires_at < now()";
  // A code or refresh token that comes back late is still recognised as one that was used.
  private static final String LONG_OVER = "expires_at < now() - interval '1 day'";
  // What one statement removes: a moment's work, however much has piled up.
  private static final int BATCH = 1000;

  private final JdbcClient jdbc;

  GrantCleanup(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Bean
  PlatformJob grantCleanupJob() {
    return new PlatformJob("grant-cleanup", Duration.ofHours(1), this::run);
  }

  /** Removes them; returns how many grants. */
  int run() {
    remove("users.sign_in_sessions", OVER);
    remove("users.sign_in_attempts", OVER);
    // They would go with their grants, thousands at once.
    remove(
        "users.used_refresh_tokens",
        "grant_id IN (SELECT id FROM users.oauth_grants WHERE %s)".formatted(LONG_OVER));
    return remove("users.oauth_grants", LONG_OVER);
  }

  private int remove(String table, String condition) {
    int removed = 0;
    int batch;
    do {
      batch =
          jdbc.sql(
                  """
                  DELETE FROM %1$s WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM %1$s WHERE %2$s LIMIT ?))
                  """
                      .formatted(table, condition))
              .param(BATCH)
              .update();
      removed += batch;
    } while (batch == BATCH);
    return removed;
  }
}
