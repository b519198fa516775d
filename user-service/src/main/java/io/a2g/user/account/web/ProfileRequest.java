package io.a2g.user.account.web;

import io.a2g.user.account.Profile;
import io.a2g.user.account.User;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What users may change about themselves; the target of a merge patch. */
record ProfileRequest(
    @Size(min = 3, max = 254) @Email @Nullable String email,
    @Size(max = 100) @Nullable String usernameKr,
    @Size(max = 100) @Nullable String usernameEn,
    @NotNull @Pattern(regexp = "light|dark|system", message = "must be light, dark or system")
        String themePreference,
    @NotNull @Pattern(regexp = "ko|en", message = "must be ko or en") String languagePreference) {

  static ProfileRequest of(User user) {
    Profile profile = user.profile();
    return new ProfileRequest(
        profile.email(),
        profile.usernameKr(),
        profile.usernameEn(),
        profile.themePreference(),
        profile.languagePreference());
  }

  Profile profile() {
    return new Profile(email, usernameKr, usernameEn, themePreference, languagePreference);
  }
}
