package io.a2g.user.account.web;

import io.a2g.common.security.Role;
import io.a2g.user.account.User;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user.
 *
 * @param deletedAt null while the user is live
 */
record UserResponse(
    long id,
    String username,
    @Nullable String email,
    Role role,
    @Nullable String usernameKr,
    @Nullable String usernameEn,
    @Nullable String deptCode,
    @Nullable String deptnameKr,
    @Nullable String deptnameEn,
    String themePreference,
    String languagePreference,
    int version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {

  static UserResponse of(User user) {
    var profile = user.profile();
    var department = user.department();
    return new UserResponse(
        user.id(),
        user.username(),
        profile.email(),
        user.role(),
        profile.usernameKr(),
        profile.usernameEn(),
        department.code(),
        department.nameKr(),
        department.nameEn(),
        profile.themePreference(),
        profile.languagePreference(),
        user.version(),
        user.createdAt(),
        user.updatedAt(),
        user.deletedAt());
  }
}
