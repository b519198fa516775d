package io.a2g.user.invitation;

import io.a2g.common.persistence.Versioned;
import io.a2g.common.security.Role;
import io.a2g.user.account.Department;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An invitation as it is stored: everything but its code. */
@Entity
@Table(name = "invitations", schema = "users")
public class Invitation extends Versioned {

  @SuppressWarnings("UnusedVariable") // read by the query for it
  private byte[] codeHash;

  private long invitedBy;
  private @Nullable String email;
  private @Nullable String username;

  @Enumerated(EnumType.STRING)
  private Role role;

  private @Nullable String deptCode;
  private @Nullable String deptnameKr;
  private @Nullable String deptnameEn;
  private Instant expiresAt;
  private @Nullable Instant revokedAt;
  private @Nullable Instant acceptedAt;
  private @Nullable Long acceptedBy;

  /** An invitation as the audit records it. */
  record Snapshot(
      Offer offer,
      @Nullable Instant revokedAt,
      @Nullable Instant acceptedAt,
      @Nullable Long acceptedBy) {}

  /** For JPA. */
  protected Invitation() {}

  Invitation(InvitationCode code, long invitedBy, Offer offer) {
    this.codeHash = code.sha256();
    this.invitedBy = invitedBy;
    this.email = offer.email();
    this.username = offer.username();
    this.role = offer.role();
    this.deptCode = offer.department().code();
    this.deptnameKr = offer.department().nameKr();
    this.deptnameEn = offer.department().nameEn();
    this.expiresAt = offer.expiresAt();
  }

  Snapshot snapshot() {
    return new Snapshot(offer(), revokedAt, acceptedAt, acceptedBy);
  }

  /**
   * The invitation as it is read.
   *
   * @param code its secret, when it is issued; null otherwise
   */
  InvitationView view(@Nullable InvitationCode code) {
    return new InvitationView(
        id(),
        code == null ? null : code.text(),
        email,
        username,
        role,
        deptCode,
        deptnameKr,
        deptnameEn,
        invitedBy,
        createdAt(),
        expiresAt,
        revokedAt,
        acceptedAt,
        acceptedBy);
  }

  void revoke(Instant now) {
    if (revokedAt == null) {
      revokedAt = now;
    }
  }

  void accept(long userId, Instant now) {
    acceptedAt = now;
    acceptedBy = userId;
  }

  /** The terms of the invitation. */
  public Offer offer() {
    return new Offer(
        email, username, role, new Department(deptCode, deptnameKr, deptnameEn), expiresAt);
  }

  boolean isAccepted() {
    return acceptedAt != null;
  }
}
