package io.a2g.user.account;

import io.a2g.common.audit.AuditLog;
import io.a2g.common.error.InvalidRequest;
import io.a2g.common.error.ProblemException;
import io.a2g.common.reference.ReferenceHolders;
import io.a2g.common.reference.ReferenceVerifier;
import io.a2g.common.reference.StillReferenced;
import io.a2g.common.security.Caller;
import io.a2g.common.topology.ReferenceTarget;
import io.a2g.common.web.EntityTags;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Deletes users, and restores them within 30 days. */
@Service
@PreAuthorize("hasRole('ADMIN')")
public class UserDeletion {

  /** For the audit. */
  private record HandOver(long transferTo, long agents) {}

  private final UserChanges changes;
  private final ReferenceVerifier references;
  private final ReferenceHolders holders;
  private final AuditLog audit;
  private final Clock clock;

  UserDeletion(
      UserChanges changes,
      ReferenceVerifier references,
      ReferenceHolders holders,
      AuditLog audit,
      Clock clock) {
    this.changes = changes;
    this.references = references;
    this.holders = holders;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Marks the user deleted; keys stop working, conversations and files stay readable.
   *
   * @param transferTo id of the user who gets the agents; null: the user must own none
   * @throws StillReferenced 409 listing the agents that the user still owns
   */
  @Transactional
  public void delete(Caller caller, long id, @Nullable String ifMatch, @Nullable Long transferTo) {
    changes.keepAnAdministratorBesides(id);
    User user = changes.lockedLive(caller, id);
    EntityTags.requireMatch(ifMatch, user.version());
    if (transferTo != null) {
      handOver(id, transferTo);
    }
    remove("user.deleted", user, null);
  }

  /**
   * Rejects a pending user: marks it deleted.
   *
   * @param reason for the audit
   * @throws ProblemException 409 when the user is not pending
   */
  @Transactional
  public void reject(Caller caller, long id, @Nullable String ifMatch, String reason) {
    User user = UserApproval.requirePending(changes.lockedLive(caller, id));
    EntityTags.requireMatch(ifMatch, user.version());
    remove("user.rejected", user, reason);
  }

  /**
   * Rejects pending users; those of the ids who are none are passed over.
   *
   * @param reason for the audit
   * @return who was rejected, ascending
   */
  @Transactional
  public List<Long> rejectAll(Collection<Long> ids, String reason) {
    List<Long> rejected = new ArrayList<>();
    // In one order, or two of these could wait for each other.
    for (long id : new TreeSet<>(ids)) {
      changes
          .lockedPending(id)
          .ifPresent(user -> {
            remove("user.rejected", user, reason);
            rejected.add(id);
          });
    }
    return rejected;
  }

  /** Restores a user who was deleted at most 30 days ago. */
  @Transactional
  public User restore(Caller caller, long id) {
    return changes.apply(
        "user.restored",
        changes.locked(caller, id),
        null,
        restored -> restored.restore(clock.instant()));
  }

  private void remove(String action, User user, @Nullable String reason) {
    holders.requireDeletable(ReferenceTarget.USER, user.id());
    changes.apply(action, user, null, reason, deleted -> deleted.delete(clock.instant()));
  }

  private void handOver(long from, long to) {
    if (from == to) {
      throw new InvalidRequest("transfer_to", "same_user", "must be another user");
    }
    references.pin(ReferenceTarget.USER.pin("transfer_to", to));
    if (!changes.find(to).map(User::isActive).orElse(false)) {
      throw new InvalidRequest("transfer_to", "not_active", "must be an approved, enabled user");
    }
    long agents = holders.handOver(ReferenceTarget.USER, from, to);
    audit.record("user.agents_handed_over", UserChanges.USER, from, null, new HandOver(to, agents));
  }
}
