package io.a2g.user.account;

import io.a2g.common.error.RetryLater;
import io.a2g.common.security.Role;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Users whom no administrator adds by hand. Whether they may come is decided by who calls this. */
@Service
public class Newcomers {

  private static final Duration UNTIL_SOMEBODY_DECIDES = Duration.ofHours(1);

  private final Users users;
  private final UserChanges changes;
  private final JdbcClient jdbc;

  Newcomers(Users users, UserChanges changes, JdbcClient jdbc) {
    this.users = users;
    this.changes = changes;
    this.jdbc = jdbc;
  }

  /**
   * Adds a user who waits for an administrator's decision.
   *
   * @param mostWaiting how many may wait at the same time
   * @throws RetryLater when so many wait already, so that strangers cannot fill the table
   */
  @Transactional
  public User addPending(String username, Profile profile, int mostWaiting) {
    requireRoom(mostWaiting);
    // One at a time from here to the commit, or many at once would all find the last place free.
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('users.pending'))")
        .query((row, number) -> true)
        .single();
    requireRoom(mostWaiting);
    return changes.add(new User(username, Role.PENDING, profile, new Department(null, null, null)));
  }

  /** Adds a user somebody vouches for. */
  @Transactional
  public User add(String username, Role role, Profile profile, Department department) {
    return changes.add(new User(username, role, profile, department));
  }

  private void requireRoom(int mostWaiting) {
    if (users.countPending() >= mostWaiting) {
      throw new RetryLater(
          "Too many people wait for approval already; ask an administrator.",
          UNTIL_SOMEBODY_DECIDES);
    }
  }
}
