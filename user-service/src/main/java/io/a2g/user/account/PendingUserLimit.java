package io.a2g.user.account;

import io.a2g.common.error.RetryLater;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How many users may wait for approval, whichever way they came: neither sign-ups nor first
 * sign-ins by the identity provider may fill the table.
 */
@Component
class PendingUserLimit {

  private static final Duration RETRY_AFTER = Duration.ofHours(1);

  private final Users users;
  private final SignUpProperties properties;
  private final JdbcClient jdbc;

  PendingUserLimit(Users users, SignUpProperties properties, JdbcClient jdbc) {
    this.users = users;
    this.properties = properties;
    this.jdbc = jdbc;
  }

  /**
   * Call it before a pending user is added, in the same transaction.
   *
   * @throws RetryLater when the limit is reached
   */
  void requireRoom() {
    check();
    // One at a time from here to the commit, or many at once would all find the last place free.
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('users.pending'))")
        .query((row, number) -> true)
        .single();
    check();
  }

  private void check() {
    if (users.countPending() >= properties.maxPending()) {
      throw new RetryLater(
          "Too many people wait for approval already; ask an administrator.", RETRY_AFTER);
    }
  }
}
