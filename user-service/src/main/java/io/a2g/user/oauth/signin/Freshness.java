package io.a2g.user.oauth.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How recent a sign-in an authorization request asks for (OpenID Connect Core, section 3.1.2.1).
 *
 * @param again whether the user signs in again in any case
 * @param maxAge how long ago the sign-in may be; null: any time
 */
public record Freshness(boolean again, @Nullable Duration maxAge) {

  /** Asks for no sign-in but the one there is. */
  public static final Freshness ANY = new Freshness(false, null);

  private static final Set<String> AGAIN = Set.of("login", "select_account");
  private static final int MAX_DIGITS = 9;

  /**
   * What these parameters of a request ask for; what cannot be read asks for nothing.
   *
   * @param prompt values separated by spaces; null: none
   * @param maxAge seconds; null: none
   */
  public static Freshness of(@Nullable String prompt, @Nullable String maxAge) {
    return new Freshness(
        prompt != null && Arrays.stream(prompt.split(" ")).anyMatch(AGAIN::contains),
        maxAge != null && isMaxAge(maxAge) ? Duration.ofSeconds(Integer.parseInt(maxAge)) : null);
  }

  /** True when the text is a number of seconds, at most 30 years. */
  public static boolean isMaxAge(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_DIGITS
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** True when a sign-in of that time is recent enough now. */
  public boolean allows(Instant signedInAt) {
    return !again && (maxAge == null || !Instant.now().isAfter(signedInAt.plus(maxAge)));
  }
}
