package io.a2g.user.signup.web;

import io.a2g.common.json.Name;
import io.a2g.user.account.Profile;
import io.a2g.user.account.Username;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A sign-up. Role and department are not part of it: those come from the invitation or from an
 * administrator.
 *
 * @param email absent: that of the invitation, if it has one
 * @param invitationCode absent: the new user waits for approval
 */
record SignUpRequest(
    @NotNull @Pattern(regexp = Username.PATTERN, message = Username.RULE) String username,
    @Size(min = 3, max = 254) @Email @Nullable String email,
    @Name @Size(min = 1, max = 100) @Nullable String usernameKr,
    @Name @Size(min = 1, max = 100) @Nullable String usernameEn,
    @Pattern(regexp = "ko|en", message = "must be ko or en") @Nullable String languagePreference,
    @Size(max = 200) @Nullable String invitationCode) {

  Profile profile() {
    return new Profile(
        email,
        usernameKr,
        usernameEn,
        Profile.DEFAULT_THEME,
        languagePreference == null ? Profile.DEFAULT_LANGUAGE : languagePreference);
  }
}
