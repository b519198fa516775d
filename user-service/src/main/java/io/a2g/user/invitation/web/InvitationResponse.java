package io.a2g.user.invitation.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.a2g.common.security.Role;
import io.a2g.user.invitation.Invitation;
import io.a2g.user.invitation.IssuedInvitation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An invitation.
 *
 * @param code the secret: in the answer that issues it, and never again
 * @param invitedBy id of the administrator
 * @param acceptedBy id of the user who came by it; null: nobody yet
 */
record InvitationResponse(
    long id,
    @Schema(description = "The secret to pass on; only in the answer that issues it")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String code,
    @Nullable String email,
    @Nullable String username,
    Role role,
    @Nullable String deptCode,
    @Nullable String deptnameKr,
    @Nullable String deptnameEn,
    long invitedBy,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant acceptedAt,
    @Nullable Long acceptedBy) {

  static InvitationResponse of(Invitation stored) {
    return of(stored, null);
  }

  static InvitationResponse of(IssuedInvitation issued) {
    return of(issued.stored(), issued.code().text());
  }

  private static InvitationResponse of(Invitation stored, @Nullable String code) {
    var offer = stored.offer();
    var department = offer.department();
    return new InvitationResponse(
        stored.id(),
        code,
        offer.email(),
        offer.username(),
        offer.role(),
        department.code(),
        department.nameKr(),
        department.nameEn(),
        stored.invitedBy(),
        stored.createdAt(),
        offer.expiresAt(),
        stored.revokedAt(),
        stored.acceptedAt(),
        stored.acceptedBy());
  }
}
