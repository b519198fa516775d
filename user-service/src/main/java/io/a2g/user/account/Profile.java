package io.a2g.user.account;

import org.jspecify.annotations.Nullable;

/**
 * What users say about themselves.
 *
 * @param email unique among live users whatever its case; null when unknown
 * @param themePreference light, dark or system
 * @param languagePreference ko or en
 */
public record Profile(
    @Nullable String email,
    @Nullable String usernameKr,
    @Nullable String usernameEn,
    String themePreference,
    String languagePreference) {

  /** Preferences of somebody who has not chosen. */
  public static final String DEFAULT_THEME = "system";

  /** See {@link #DEFAULT_THEME}. */
  public static final String DEFAULT_LANGUAGE = "ko";

  /** The same with another address. */
  public Profile withEmail(@Nullable String address) {
    return new Profile(address, usernameKr, usernameEn, themePreference, languagePreference);
  }
}
