package io.a2g.user.account.web;

import io.a2g.user.account.Department;
import io.a2g.user.account.Profile;
import io.a2g.user.account.User;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What an administrator may change about a user; the target of a merge patch. */
record UserUpdateRequest(
    @Size(min = 3, max = 254) @Email @Nullable String email,
    @Size(max = 100) @Nullable String usernameKr,
    @Size(max = 100) @Nullable String usernameEn,
    @Size(min = 1, max = 50) @Nullable String deptCode,
    @Size(max = 200) @Nullable String deptnameKr,
    @Size(max = 200) @Nullable String deptnameEn,
    @NotNull @Pattern(regexp = "light|dark|system", message = "must be light, dark or system")
        String themePreference,
    @NotNull @Pattern(regexp = "ko|en", message = "must be ko or en") String languagePreference) {

  static UserUpdateRequest of(User user) {
    Profile profile = user.profile();
    Department department = user.department();
    return new UserUpdateRequest(
        profile.email(),
        profile.usernameKr(),
        profile.usernameEn(),
        department.code(),
        department.nameKr(),
        department.nameEn(),
        profile.themePreference(),
        profile.languagePreference());
  }

  Profile profile() {
    return new Profile(email, usernameKr, usernameEn, themePreference, languagePreference);
  }

  Department department() {
    return new Department(deptCode, deptnameKr, deptnameEn);
  }
}
