package io.a2g.user.account;

import io.a2g.common.error.RetryLater;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How many may wait for an administrator's decision, whichever way they came: strangers and
 * newcomers of the identity provider must not fill the table.
 */
@Component
class WaitingRoom {

  private static final Duration UNTIL_SOMEBODY_DECIDES = Duration.ofHours(1);

  private final Users users;
  private final WaitingRoomProperties properties;
  private final JdbcClient jdbc;

  WaitingRoom(Users users, WaitingRoomProperties properties, JdbcClient jdbc) {
    this.users = users;
    this.properties = properties;
    this.jdbc = jdbc;
  }

  /**
   * Call it before a pending user is added, in the same transaction.
   *
   * @throws RetryLater when as many wait as may
   */
  void enter() {
    requireRoom();
    // One at a time from here to the commit, or many at once would all find the last place free.
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('users.pending'))")
        .query((row, number) -> true)
        .single();
    requireRoom();
  }

  private void requireRoom() {
    if (users.countPending() >= properties.maxPending()) {
      throw new RetryLater(
          "Too many people wait for approval already; ask an administrator.",
          UNTIL_SOMEBODY_DECIDES);
    }
  }
}
