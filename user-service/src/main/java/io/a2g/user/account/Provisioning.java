package io.a2g.user.account;

import io.a2g.common.security.Caller;
import io.a2g.common.security.Role;
import io.a2g.common.web.EntityTags;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Users as a company directory keeps them. The directory vouches for its people, so whom it lets in
 * needs no approval; whom it no longer lets in is disabled.
 */
@Service
@PreAuthorize("hasRole('ADMIN')")
public class Provisioning {

  private final Users users;
  private final UserChanges changes;
  private final Clock clock;

  Provisioning(Users users, UserChanges changes, Clock clock) {
    this.users = users;
    this.changes = changes;
    this.clock = clock;
  }

  /** Live users in the order of their ids. */
  public List<User> page(DirectoryQuery query, int offset, int limit) {
    return users.directoryPage(
        query.id(),
        query.username(),
        query.externalId(),
        query.email(),
        query.active(),
        offset,
        limit);
  }

  /** How many users the query finds. */
  public long count(DirectoryQuery query) {
    return users.directoryCount(
        query.id(), query.username(), query.externalId(), query.email(), query.active());
  }

  /**
   * Adds a user.
   *
   * @param role what the user starts as
   */
  @Transactional
  public User create(DirectoryEntry entry, Role role) {
    User user = new User(entry.username(), role, entry.profile(), new Department(null, null, null));
    user.identify(entry.username(), entry.externalId());
    if (!entry.active()) {
      user.disable(clock.instant());
    }
    return changes.add(user);
  }

  /**
   * Makes a user what the directory says. One who waited for approval gets the role; one who is no
   * longer let in, is disabled.
   *
   * @param ifMatch see {@link EntityTags#requireMatch}
   * @param role for a pending user whom the directory lets in
   * @param edit computes the new entry from the user, under the row's lock
   */
  @Transactional
  public User update(
      Caller caller,
      long id,
      @Nullable String ifMatch,
      Role role,
      Function<User, DirectoryEntry> edit) {
    // Administrators are locked before a user is, or two of these could wait for each other.
    if (users.findRole(id).orElse(Role.PENDING) == Role.ADMIN) {
      users.findAdministratorsForUpdate();
    }
    User user = changes.lockedLive(caller, id);
    DirectoryEntry entry = edit.apply(user);
    if (!entry.active() && user.disabledAt() == null) {
      changes.keepAnAdministratorBesides(id);
    }
    return changes.apply("user.provisioned", user, ifMatch, known -> accept(known, entry, role));
  }

  private void accept(User user, DirectoryEntry entry, Role role) {
    user.identify(entry.username(), entry.externalId());
    user.update(new UserEdit(entry.profile(), user.department()));
    if (!entry.active()) {
      user.disable(clock.instant());
      return;
    }
    user.enable();
    if (user.role() == Role.PENDING) {
      user.changeRole(role);
    }
  }
}
