package io.a2g.user.account;

import io.a2g.common.security.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the audit keeps of a user.
 *
 * @param deletedAt null while live
 */
record UserState(
    String username,
    Role role,
    Profile profile,
    Department department,
    @Nullable Instant deletedAt) {

  static UserState of(User user) {
    return new UserState(
        user.username(), user.role(), user.profile(), user.department(), user.deletedAt());
  }
}
