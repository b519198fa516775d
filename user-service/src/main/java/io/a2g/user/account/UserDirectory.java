package io.a2g.user.account;

import io.a2g.common.audit.AuditLog;
import io.a2g.common.error.InvalidRequest;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.reference.ReferenceHolders;
import io.a2g.common.reference.ReferenceTarget;
import io.a2g.common.reference.ReferenceVerifier;
import io.a2g.common.reference.StillReferenced;
import io.a2g.common.security.Caller;
import io.a2g.common.security.Role;
import io.a2g.common.web.EntityTags;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Everything that happens to users. */
@Service
public class UserDirectory {

  private static final String USER = "user";

  /** What the audit keeps of it. */
  private record HandOver(long transferTo, long agents) {}

  private final Users users;
  private final ReferenceVerifier references;
  private final ReferenceHolders holders;
  private final AuditLog audit;
  private final Clock clock;

  UserDirectory(
      Users users,
      ReferenceVerifier references,
      ReferenceHolders holders,
      AuditLog audit,
      Clock clock) {
    this.users = users;
    this.references = references;
    this.holders = holders;
    this.audit = audit;
    this.clock = clock;
  }

  /** A user the caller may see: any for administrators, deleted ones too; else only oneself. */
  public User get(Caller caller, long id) {
    return visible(caller, id, users.find(id).orElse(null));
  }

  /** Users in the order of their ids. */
  @PreAuthorize("hasRole('ADMIN')")
  public List<User> list(
      long after, @Nullable Role role, @Nullable String deptCode, boolean deleted, int limit) {
    return users.list(after, role, deptCode, !deleted, Limit.of(limit));
  }

  /** Adds a user. */
  @PreAuthorize("hasRole('ADMIN')")
  @Transactional
  public User create(String username, Role role, Profile profile, Department department) {
    User user = users.saveAndFlush(new User(username, role, profile, department));
    audit.record("user.created", USER, user.id(), null, UserState.of(user));
    return user;
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
    return change("user.updated", live(caller, id), ifMatch, user -> user.update(edit.apply(user)));
  }

  /** Changes the role; the last administrator stays one. */
  @PreAuthorize("hasRole('ADMIN')")
  @Transactional
  public User changeRole(Caller caller, long id, @Nullable String ifMatch, Role role) {
    if (role != Role.ADMIN) {
      keepAnAdministratorBesides(id);
    }
    return change("user.role_changed", live(caller, id), ifMatch, user -> user.changeRole(role));
  }

  /**
   * Marks the user deleted; keys stop working, conversations and files stay readable.
   *
   * @param transferTo who gets the agents; null: the user must own none
   * @throws StillReferenced 409 listing the agents when nobody gets them
   */
  @PreAuthorize("hasRole('ADMIN')")
  @Transactional
  public void delete(Caller caller, long id, @Nullable String ifMatch, @Nullable Long transferTo) {
    keepAnAdministratorBesides(id);
    User user = live(caller, id);
    EntityTags.requireMatch(ifMatch, user.version());
    if (transferTo != null) {
      handOver(id, transferTo);
    }
    holders.requireDeletable(ReferenceTarget.USER, id);
    change("user.deleted", user, null, gone -> gone.delete(clock.instant()));
  }

  /** Brings a deleted user back within 30 days. */
  @PreAuthorize("hasRole('ADMIN')")
  @Transactional
  public User restore(Caller caller, long id) {
    User user = visible(caller, id, users.findForUpdate(id).orElse(null));
    return change("user.restored", user, null, back -> back.restore(clock.instant()));
  }

  private void handOver(long from, long to) {
    if (from == to) {
      throw new InvalidRequest("transfer_to", "same_user", "must be somebody else");
    }
    references.pin(ReferenceTarget.USER.pin("transfer_to", to));
    if (users.find(to).map(User::role).orElse(Role.PENDING) == Role.PENDING) {
      throw new InvalidRequest("transfer_to", "pending", "must be an approved user");
    }
    long agents = holders.handOver(ReferenceTarget.USER, from, to);
    audit.record("user.agents_handed_over", USER, from, null, new HandOver(to, agents));
  }

  private User change(String action, User user, @Nullable String ifMatch, Consumer<User> change) {
    EntityTags.requireMatch(ifMatch, user.version());
    UserState before = UserState.of(user);
    change.accept(user);
    User stored = users.saveAndFlush(user);
    audit.record(action, USER, stored.id(), before, UserState.of(stored));
    return stored;
  }

  private User live(Caller caller, long id) {
    User user = visible(caller, id, users.findForUpdate(id).orElse(null));
    if (!user.isLive()) {
      throw new ResourceNotFound("user", id);
    }
    return user;
  }

  private static User visible(Caller caller, long id, @Nullable User user) {
    if (user == null || !caller.mayAct(id) || (!user.isLive() && !caller.isAdmin())) {
      throw new ResourceNotFound("user", id);
    }
    return user;
  }

  private void keepAnAdministratorBesides(long id) {
    List<User> administrators = users.findAdministratorsForUpdate();
    if (administrators.size() == 1 && administrators.getFirst().id() == id) {
      throw new ProblemException(
          ProblemType.CONFLICT, "This is the last administrator; appoint another one first.");
    }
  }
}
