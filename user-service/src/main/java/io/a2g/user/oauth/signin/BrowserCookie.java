package io.a2g.user.oauth.signin;

import io.a2g.user.oauth.OpaqueToken;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * A cookie with a token in it that no script sees. {@code Lax}, because users come to the sign-in
 * from other sites.
 *
 * @param name with {@code __Host-} before it where browsers come by https, which binds it to the
 *     host
 * @param secure whether browsers come by https
 */
public record BrowserCookie(String name, boolean secure) {

  /** A cookie of this name for this kind of address. */
  public static BrowserCookie named(String name, boolean secure) {
    return new BrowserCookie(secure ? "__Host-" + name : name, secure);
  }

  /** The token that the browser sent; empty when it sent none. */
  public Optional<OpaqueToken> read(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Arrays.stream(cookies)
            .filter(cookie -> cookie.getName().equals(name) && !cookie.getValue().isEmpty())
            .map(cookie -> new OpaqueToken(cookie.getValue()))
            .findFirst();
  }

  /** Sends it. */
  public void write(HttpServletResponse response, OpaqueToken token, Duration life) {
    send(response, token.text(), life);
  }

  /** Takes it back. */
  public void clear(HttpServletResponse response) {
    send(response, "", Duration.ZERO);
  }

  private void send(HttpServletResponse response, String value, Duration life) {
    ResponseCookie cookie =
        ResponseCookie.from(name, value)
            .path("/")
            .httpOnly(true)
            .secure(secure)
            .sameSite("Lax")
            .maxAge(life)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }
}
