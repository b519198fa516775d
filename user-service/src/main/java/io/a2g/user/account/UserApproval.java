package io.a2g.user.account;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.security.Caller;
import io.a2g.common.security.Role;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Approves pending users, disables users and enables them again. */
@Service
@PreAuthorize("hasRole('ADMIN')")
public class UserApproval {

  private final UserChanges changes;
  private final Clock clock;

  UserApproval(UserChanges changes, Clock clock) {
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * Makes a pending user a USER.
   *
   * @throws ProblemException 409 when the user is not pending
   */
  @Transactional
  public User approve(Caller caller, long id, @Nullable String ifMatch) {
    User user = requirePending(changes.lockedLive(caller, id));
    return changes.apply(
        "user.approved", user, ifMatch, approved -> approved.changeRole(Role.USER));
  }

  /**
   * Disables a user: the role stays, every key and session stops working. A second time changes
   * nothing.
   *
   * @param reason for the audit; null: none is given
   * @throws ProblemException 409 for the last administrator
   */
  @Transactional
  public User disable(Caller caller, long id, @Nullable String ifMatch, @Nullable String reason) {
    changes.keepAnAdministratorBesides(id);
    User user = changes.lockedLive(caller, id);
    return changes.apply(
        "user.disabled", user, ifMatch, reason, disabled -> disabled.disable(clock.instant()));
  }

  /** Enables a disabled user; keys that are still in force work again. */
  @Transactional
  public User enable(Caller caller, long id, @Nullable String ifMatch) {
    return changes.apply("user.enabled", changes.lockedLive(caller, id), ifMatch, User::enable);
  }

  /** The same user. */
  static User requirePending(User user) {
    if (user.role() != Role.PENDING) {
      throw new ProblemException(
          ProblemType.CONFLICT, "This user is not pending; the decision was made already.");
    }
    return user;
  }
}
