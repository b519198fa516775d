package io.a2g.user.account;

import io.a2g.common.security.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the audit keeps of a user.
 *
 * @param externalId the id in the company directory; null when none is known
 * @param disabledAt null unless kept out
 * @param deletedAt null while live
 * @param reason why it was changed; null: not told
 */
record UserState(
    String username,
    Role role,
    Profile profile,
    Department department,
    @Nullable String externalId,
    @Nullable Instant disabledAt,
    @Nullable Instant deletedAt,
    @Nullable String reason) {

  static UserState of(User user) {
    return new UserState(
        user.username(),
        user.role(),
        user.profile(),
        user.department(),
        user.externalId(),
        user.disabledAt(),
        user.deletedAt(),
        null);
  }

  UserState because(@Nullable String why) {
    return new UserState(
        username, role, profile, department, externalId, disabledAt, deletedAt, why);
  }
}
