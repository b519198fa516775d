package io.a2g.user.account.web;

import io.a2g.common.json.Name;
import io.a2g.common.security.Role;
import io.a2g.user.account.Department;
import io.a2g.user.account.Profile;
import io.a2g.user.account.Username;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A new user, as an administrator adds one.
 *
 * @param role PENDING when absent
 */
record UserRequest(
    @NotNull @Pattern(regexp = Username.PATTERN, message = Username.RULE) String username,
    @Nullable Role role,
    @Size(min = 3, max = 254) @Email @Nullable String email,
    @Name @Size(min = 1, max = 100) @Nullable String usernameKr,
    @Name @Size(min = 1, max = 100) @Nullable String usernameEn,
    @Name @Size(min = 1, max = 50) @Nullable String deptCode,
    @Name @Size(min = 1, max = 200) @Nullable String deptnameKr,
    @Name @Size(min = 1, max = 200) @Nullable String deptnameEn,
    @Pattern(regexp = "light|dark|system", message = "must be light, dark or system")
        @Nullable String themePreference,
    @Pattern(regexp = "ko|en", message = "must be ko or en") @Nullable String languagePreference) {

  Role roleOrPending() {
    return role == null ? Role.PENDING : role;
  }

  Profile profile() {
    return new Profile(
        email,
        usernameKr,
        usernameEn,
        themePreference == null ? Profile.DEFAULT_THEME : themePreference,
        languagePreference == null ? Profile.DEFAULT_LANGUAGE : languagePreference);
  }

  Department department() {
    return new Department(deptCode, deptnameKr, deptnameEn);
  }
}
