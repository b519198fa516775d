package io.a2g.user.invitation.web;

import io.a2g.common.json.Name;
import io.a2g.common.security.Role;
import io.a2g.user.account.Department;
import io.a2g.user.account.Username;
import io.a2g.user.invitation.Offer;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An invitation to issue.
 *
 * @param email the address that the new user must have; absent: any, then username is required
 * @param username the name that the new user must choose; absent: any, then email is required
 * @param role USER or ADMIN; USER when absent
 * @param expiresAt until when it can be accepted, at most 90 days ahead; 7 days when absent
 */
record InvitationRequest(
    @Size(min = 3, max = 254) @Email @Nullable String email,
    @Pattern(regexp = Username.PATTERN, message = Username.RULE) @Nullable String username,
    @Nullable Role role,
    @Name @Size(min = 1, max = 50) @Nullable String deptCode,
    @Name @Size(min = 1, max = 200) @Nullable String deptnameKr,
    @Name @Size(min = 1, max = 200) @Nullable String deptnameEn,
    @Nullable Instant expiresAt) {

  private static final Duration DEFAULT_LIFE = Duration.ofDays(7);

  Offer offer(Instant now) {
    return new Offer(
        email,
        username,
        role == null ? Role.USER : role,
        new Department(deptCode, deptnameKr, deptnameEn),
        expiresAt == null ? now.plus(DEFAULT_LIFE) : expiresAt);
  }
}
