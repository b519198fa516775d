package io.a2g.user.account;

import io.a2g.common.security.Caller;
import io.a2g.common.security.Role;
import io.a2g.common.web.EntityTags;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads users and changes their profiles and roles. */
@Service
public class UserDirectory {

  private final Users users;
  private final UserChanges changes;

  UserDirectory(Users users, UserChanges changes) {
    this.users = users;
    this.changes = changes;
  }

  /** A user the caller may see: any for administrators, deleted ones too; else only oneself. */
  public User get(Caller caller, long id) {
    return UserChanges.visible(caller, id, users.find(id).orElse(null));
  }

  /** The user, when allowed to sign in: live and not disabled; pending ones may. */
  public Optional<User> findAllowedToSignIn(long id) {
    return users.find(id).filter(user -> user.isLive() && user.disabledAt() == null);
  }

  /** Users in the order of their ids. */
  @PreAuthorize("hasRole('ADMIN')")
  public List<User> list(UserFilter filter, long after, int limit) {
    return users.list(
        after,
        filter.role(),
        filter.deptCode(),
        !filter.deleted(),
        filter.state() == null ? null : filter.state().name(),
        filter.pattern(),
        Limit.of(limit));
  }

  /** Adds a user. */
  @PreAuthorize("hasRole('ADMIN')")
  @Transactional
  public User create(String username, Role role, Profile profile, Department department) {
    return changes.add("user.created", new User(username, role, profile, department));
  }

  /**
   * Changes profile and department.
   *
   * @param ifMatch see {@link EntityTags#requireMatch}
   * @param edit computes the new values from the current ones, under the row's lock: two patches of
   *     different fields at once both count
   */
  @Transactional
  public User update(
      Caller caller, long id, @Nullable String ifMatch, Function<User, UserEdit> edit) {
    return changes.apply(
        "user.updated",
        changes.lockedLive(caller, id),
        ifMatch,
        user -> user.update(edit.apply(user)));
  }

  /** Changes the role; the last administrator stays one. */
  @PreAuthorize("hasRole('ADMIN')")
  @Transactional
  public User changeRole(Caller caller, long id, @Nullable String ifMatch, Role role) {
    if (role != Role.ADMIN) {
      changes.keepAnAdministratorBesides(id);
    }
    return changes.apply(
        "user.role_changed",
        changes.lockedLive(caller, id),
        ifMatch,
        user -> user.changeRole(role));
  }
}
