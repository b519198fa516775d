package io.a2g.user.account;

import io.a2g.common.json.Name;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What users say about themselves, and may change; the target of a merge patch.
 *
 * @param email unique among live users whatever its case; null when unknown
 * @param themePreference light, dark or system
 * @param languagePreference ko or en
 */
@Schema(name = "ProfileRequest")
public record Profile(
    @Size(min = 3, max = 254) @Email @Nullable String email,
    @Name @Size(min = 1, max = 100) @Nullable String usernameKr,
    @Name @Size(min = 1, max = 100) @Nullable String usernameEn,
    @NotNull @Pattern(regexp = "light|dark|system", message = "must be light, dark or system")
        String themePreference,
    @NotNull @Pattern(regexp = "ko|en", message = "must be ko or en") String languagePreference) {

  /** Preference of a user who has not chosen. */
  public static final String DEFAULT_THEME = "system";

  /** See {@link #DEFAULT_THEME}. */
  public static final String DEFAULT_LANGUAGE = "en";

  /** Of a user of whom nothing is known. */
  public static final Profile EMPTY =
      new Profile(null, null, null, DEFAULT_THEME, DEFAULT_LANGUAGE);

  /** The same with another address. */
  public Profile withEmail(@Nullable String address) {
    return new Profile(address, usernameKr, usernameEn, themePreference, languagePreference);
  }

  Profile completedBy(Profile other) {
    return new Profile(
        either(email, other.email),
        either(usernameKr, other.usernameKr),
        either(usernameEn, other.usernameEn),
        themePreference,
        languagePreference);
  }

  static @Nullable String either(@Nullable String first, @Nullable String second) {
    return first == null ? second : first;
  }
}
