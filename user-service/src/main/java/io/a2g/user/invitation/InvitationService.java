package io.a2g.user.invitation;

import io.a2g.common.audit.AuditLog;
import io.a2g.common.error.InvalidRequest;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.security.Caller;
import io.a2g.common.security.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Issues, lists, revokes and accepts invitations. */
@Service
public class InvitationService {

  private static final String INVITATION = "invitation";
  private static final Duration LONGEST = Duration.ofDays(90);

  private final Invitations invitations;
  private final AuditLog audit;
  private final Clock clock;

  InvitationService(Invitations invitations, AuditLog audit, Clock clock) {
    this.invitations = invitations;
    this.audit = audit;
    this.clock = clock;
  }

  /** Issues an invitation; its code cannot be read again. */
  @PreAuthorize("hasRole('ADMIN')")
  @Transactional
  public InvitationView invite(Caller caller, Offer offer) {
    check(offer);
    InvitationCode code = InvitationCode.generate();
    Invitation stored = invitations.saveAndFlush(new Invitation(code, caller.userId(), offer));
    audit.record("invitation.issued", INVITATION, stored.id(), null, stored.snapshot());
    return stored.view(code);
  }

  /** One invitation, in any state. */
  @PreAuthorize("hasRole('ADMIN')")
  public InvitationView get(long id) {
    return invitations
        .find(id)
        .map(invitation -> invitation.view(null))
        .orElseThrow(() -> new ResourceNotFound(INVITATION, id));
  }

  /** Invitations below an id, newest first. */
  @PreAuthorize("hasRole('ADMIN')")
  public List<InvitationView> list(long before, int limit) {
    return invitations.list(before, Limit.of(limit)).stream()
        .map(invitation -> invitation.view(null))
        .toList();
  }

  /**
   * Revokes an invitation; a second time changes nothing.
   *
   * @throws ProblemException 409 when it was accepted already
   */
  @PreAuthorize("hasRole('ADMIN')")
  @Transactional
  public void revoke(long id) {
    Invitation invitation =
        invitations.findForUpdate(id).orElseThrow(() -> new ResourceNotFound(INVITATION, id));
    if (invitation.isAccepted()) {
      throw new ProblemException(
          ProblemType.CONFLICT, "It was accepted already; disable or delete the user instead.");
    }
    change("invitation.revoked", invitation, () -> invitation.revoke(clock.instant()));
  }

  /**
   * The invitation with this code, locked until the caller's transaction ends with {@link
   * #accepted}.
   *
   * @param username the user name that the invited person chose
   * @param email the address the person gave; null: none
   * @throws InvalidRequest when the code is unknown, used, revoked or too old, which all look the
   *     same; or when another user name or address was invited
   */
  @Transactional
  public Invitation open(String code, String username, @Nullable String email) {
    Invitation invitation =
        InvitationCode.parse(code)
            .flatMap(known -> invitations.findOpenForUpdate(known.sha256()))
            .orElseThrow(() ->
                new InvalidRequest(
                    "invitation_code", "not_valid", "is unknown, used, revoked or too old"));
    Offer offer = invitation.offer();
    if (offer.username() != null && !offer.username().equals(username)) {
      throw new InvalidRequest("username", "not_invited", "is not the one that was invited");
    }
    if (offer.email() != null && email != null && !offer.email().equalsIgnoreCase(email)) {
      throw new InvalidRequest("email", "not_invited", "is not the one that was invited");
    }
    return invitation;
  }

  /** Uses it up. */
  @Transactional
  public void accepted(Invitation invitation, long userId) {
    change("invitation.accepted", invitation, () -> invitation.accept(userId, clock.instant()));
  }

  private void change(String action, Invitation invitation, Runnable change) {
    Invitation.Snapshot before = invitation.snapshot();
    change.run();
    Invitation stored = invitations.saveAndFlush(invitation);
    audit.record(action, INVITATION, stored.id(), before, stored.snapshot());
  }

  private void check(Offer offer) {
    if (offer.email() == null && offer.username() == null) {
      throw new InvalidRequest("email", "missing", "or username is required");
    }
    if (offer.role() == Role.PENDING) {
      throw new InvalidRequest("role", "unknown_value", "must be USER or ADMIN");
    }
    Instant now = clock.instant();
    if (!offer.expiresAt().isAfter(now) || offer.expiresAt().isAfter(now.plus(LONGEST))) {
      throw new InvalidRequest("expires_at", "range", "must be within the next 90 days");
    }
  }
}
