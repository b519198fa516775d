package io.a2g.user.account.web;

import io.a2g.common.security.Role;
import io.a2g.common.web.EntityTags;
import io.a2g.user.account.User;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * A user.
 *
 * @param disabledAt since when the user is disabled, whatever the role; null: is not
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
    @Nullable Instant disabledAt,
    @Nullable Instant deletedAt) {

  /** The answer with this user and its tag. */
  static ResponseEntity<UserResponse> ok(User user) {
    return ResponseEntity.ok().eTag(EntityTags.of(user.version())).body(of(user));
  }

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
        user.disabledAt(),
        user.deletedAt());
  }
}
