package io.a2g.user.invitation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the audit keeps of an invitation. */
record InvitationState(
    Offer offer,
    @Nullable Instant revokedAt,
    @Nullable Instant acceptedAt,
    @Nullable Long acceptedBy) {

  static InvitationState of(Invitation invitation) {
    return new InvitationState(
        invitation.offer(),
        invitation.revokedAt(),
        invitation.acceptedAt(),
        invitation.acceptedBy());
  }
}
