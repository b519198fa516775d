package io.a2g.user.account;

import io.a2g.common.error.RetryLater;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How many users may wait for approval. Sign-ups and first sign-ins by the identity provider are
 * counted apart: strangers must not keep the company's own people out.
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
   * Call it before a stranger is added, in the same transaction.
   *
   * @throws RetryLater when the limit is reached
   */
  void requireRoomForSignUp() {
    requireRoom("users.pending.sign_up", users::countSignUps);
  }

  /**
   * Call it before a user of the identity provider is added, in the same transaction.
   *
   * @throws RetryLater when the limit is reached
   */
  void requireRoomForIdentityProvider() {
    requireRoom("users.pending.identity_provider", users::countPendingOfIdentityProvider);
  }

  private void requireRoom(String lock, LongSupplier pending) {
    check(pending);
    // One at a time from here to the commit, or many at once would all find the last place free.
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtext(?))")
        .param(lock)
        .query((row, number) -> true)
        .single();
    check(pending);
  }

  private void check(LongSupplier pending) {
    if (pending.getAsLong() >= properties.maxPending()) {
      throw new RetryLater(
          "Too many people wait for approval already; ask an administrator.", RETRY_AFTER);
    }
  }
}
