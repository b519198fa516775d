package io.a2g.user.account;

import io.a2g.common.audit.AuditLog;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.security.Caller;
import io.a2g.common.security.Role;
import io.a2g.common.web.EntityTags;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Makes every change of a user: under the row's lock, checked, stored and recorded. */
@Component
class UserChanges {

  /** The audit's resource type of a user. */
  static final String USER = "user";

  private final Users users;
  private final AuditLog audit;

  UserChanges(Users users, AuditLog audit) {
    this.users = users;
    this.audit = audit;
  }

  /** A user, deleted or not, without a lock. */
  Optional<User> find(long id) {
    return users.find(id);
  }

  /** A live user, locked, whoever asks. */
  Optional<User> findLiveForUpdate(long id) {
    return users.findForUpdate(id).filter(User::isLive);
  }

  /** A user this caller may change, locked; deleted ones too for administrators. */
  User locked(Caller caller, long id) {
    return visible(caller, id, users.findForUpdate(id).orElse(null));
  }

  /** Users by their ids, deleted ones too, locked in the order of their ids. */
  List<User> locked(Collection<Long> ids) {
    return ids.isEmpty() ? List.of() : users.findForUpdate(ids);
  }

  /** As {@link #locked(Caller, long)}, live ones only. */
  User lockedLive(Caller caller, long id) {
    User user = locked(caller, id);
    if (!user.isLive()) {
      throw new ResourceNotFound(USER, id);
    }
    return user;
  }

  /** A user who waits for a decision, locked; empty when there is none of this id. */
  Optional<User> lockedPending(long id) {
    return users.findForUpdate(id).filter(user -> user.isLive() && user.role() == Role.PENDING);
  }

  /** The user if this caller may see it; others look missing. */
  static User visible(Caller caller, long id, @Nullable User user) {
    if (user == null || !caller.mayAct(id) || (!user.isLive() && !caller.isAdmin())) {
      throw new ResourceNotFound(USER, id);
    }
    return user;
  }

  /** Stores a new user. */
  User add(String action, User user) {
    spellDepartment(user, 0, null);
    User stored = users.saveAndFlush(user);
    audit.record(action, USER, stored.id(), null, stored.snapshot(null));
    return stored;
  }

  /** Changes a locked user. */
  User apply(String action, User user, @Nullable String ifMatch, Consumer<User> change) {
    return apply(action, user, ifMatch, null, change);
  }

  /**
   * Changes a locked user.
   *
   * @param ifMatch see {@link EntityTags#requireMatch}
   * @param reason for the audit; null: none is given
   */
  User apply(
      String action,
      User user,
      @Nullable String ifMatch,
      @Nullable String reason,
      Consumer<User> change) {
    EntityTags.requireMatch(ifMatch, user.version());
    User.Snapshot before = user.snapshot(null);
    change.accept(user);
    spellDepartment(user, user.id(), before.department().code());
    User stored = users.saveAndFlush(user);
    audit.record(action, USER, stored.id(), before, stored.snapshot(reason));
    return stored;
  }

  // Colleagues share what their department's code opens, so one department has one spelling.
  private void spellDepartment(User user, long id, @Nullable String before) {
    @Nullable String code = user.department().code();
    if (code != null && !code.equals(before)) {
      users.knownDepartment(code, id).ifPresent(user::spellDepartment);
    }
  }

  /**
   * Call it before an administrator stops being one, in the same transaction, and before a user is
   * locked there: the rows of other administrators stay free for whoever locks many users.
   *
   * @throws ProblemException 409 for the last administrator
   */
  void keepAnAdministratorBesides(long id) {
    users.lockAdministrators();
    if (users.administrators(Limit.of(2)).equals(List.of(id))) {
      throw new ProblemException(
          ProblemType.CONFLICT, "This is the last administrator; appoint another one first.");
    }
  }
}
