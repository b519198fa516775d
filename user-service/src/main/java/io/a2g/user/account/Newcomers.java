package io.a2g.user.account;

import io.a2g.common.error.RetryLater;
import io.a2g.common.security.Role;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Users whom no administrator adds by hand. Whether they may come is decided by who calls this. */
@Service
public class Newcomers {

  private final UserChanges changes;
  private final WaitingRoom waitingRoom;

  Newcomers(UserChanges changes, WaitingRoom waitingRoom) {
    this.changes = changes;
    this.waitingRoom = waitingRoom;
  }

  /**
   * Adds a user who waits for an administrator's decision.
   *
   * @throws RetryLater when as many wait as may
   */
  @Transactional
  public User addPending(String username, Profile profile) {
    waitingRoom.enter();
    return changes.add(new User(username, Role.PENDING, profile, new Department(null, null, null)));
  }

  /** Adds a user somebody vouches for. */
  @Transactional
  public User add(String username, Role role, Profile profile, Department department) {
    return changes.add(new User(username, role, profile, department));
  }
}
