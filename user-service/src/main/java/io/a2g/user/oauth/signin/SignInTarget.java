package io.a2g.user.oauth.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * Where a browser goes on after signing in: the authorization request that made it sign in, and
 * nothing else, so that the page is no open redirect.
 *
 * @param location path and query on this server
 */
public record SignInTarget(String location) {

  /** The sign-in page. */
  public static final String PAGE = "/sign-in";

  /** The query parameter and form field with the location. */
  public static final String PARAMETER = "continue";

  private static final String AUTHORIZATION = "/oauth2/authorize?";
  private static final int MAX_LENGTH = 4000;

  /** Empty when the text is missing or anything but an authorization request of this server. */
  public static Optional<SignInTarget> parse(@Nullable String text) {
    return text != null
            && text.startsWith(AUTHORIZATION)
            && text.length() <= MAX_LENGTH
            && isUri(text)
        ? Optional.of(new SignInTarget(text))
        : Optional.empty();
  }

  private static boolean isUri(String text) {
    try {
      return new URI(text).getRawAuthority() == null && text.chars().allMatch(c -> c < 0x7f);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** The request itself, when it is one. */
  public static Optional<SignInTarget> of(HttpServletRequest request) {
    return parse(request.getRequestURI() + "?" + request.getQueryString());
  }

  /** The sign-in page that goes on here. */
  public String page() {
    return PAGE + "?" + PARAMETER + "=" + UriUtils.encode(location, StandardCharsets.UTF_8);
  }
}
