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

/** What is kept of an invitation: everything but its code. */
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

  void revoke(Instant now) {
    if (revokedAt == null) {
      revokedAt = now;
    }
  }

  void accept(long userId, Instant now) {
    acceptedAt = now;
    acceptedBy = userId;
  }

  /** The administrator who invites: {@code users.users.id}. */
  public long invitedBy() {
    return invitedBy;
  }

  /** What is offered to whom. */
  public Offer offer() {
    return new Offer(
        email, username, role, new Department(deptCode, deptnameKr, deptnameEn), expiresAt);
  }

  /** Since when it is refused; null: is not. */
  public @Nullable Instant revokedAt() {
    return revokedAt;
  }

  /** When it was used; null: not yet. */
  public @Nullable Instant acceptedAt() {
    return acceptedAt;
  }

  /** Who came by it: {@code users.users.id}; null: nobody yet. */
  public @Nullable Long acceptedBy() {
    return acceptedBy;
  }
}
