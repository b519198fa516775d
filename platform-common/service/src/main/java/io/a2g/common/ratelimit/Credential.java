package io.a2g.common.ratelimit;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;

/** What a request shows, before anything has looked whether it is valid. */
final class Credential {

  private static final String OAUTH = "/oauth2/";

  private Credential() {}

  /** The credential as it came, in a header or a form; null: none. */
  static @Nullable String of(HttpServletRequest request) {
    // What an endpoint of OAuth does not read is never found wrong, and 200 does not prove it.
    boolean ofClient = isOfClient(request);
    if (ofClient && !request.getMethod().equals("POST")) {
      return null;
    }
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization != null) {
      return authorization;
    }
    String key = ofClient ? null : request.getHeader("X-API-Key");
    return key == null && isForm(request) ? ofForm(request) : key;
  }

  // Of a client that sends its secret with the form (RFC 6749, 2.3.1), or of the sign-in page.
  private static @Nullable String ofForm(HttpServletRequest request) {
    String secret = request.getParameter("client_secret");
    return secret == null
        ? request.getParameter("api_key")
        : request.getParameter("client_id") + ":" + secret;
  }

  private static boolean isForm(HttpServletRequest request) {
    return request.getMethod().equals("POST")
        && StringUtils.startsWithIgnoreCase(
            request.getContentType(), MediaType.APPLICATION_FORM_URLENCODED_VALUE);
  }

  /** True where OAuth clients authenticate, not callers. */
  static boolean isOfClient(HttpServletRequest request) {
    return request.getServletPath().startsWith(OAUTH);
  }
}
