package io.a2g.common.headers;

import java.util.HashMap;
import java.util.Map;

/** The security headers that are the same on every answer. */
public final class SecurityHeaders {

  /** Name → value. Nothing here depends on the request. */
  static final Map<String, String> CONSTANT =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin");

  static final String CONTENT_POLICY = "Content-Security-Policy";
  static final String TRANSPORT = "Strict-Transport-Security";
  static final String TRANSPORT_FOR_A_YEAR = "max-age=31536000";

  private SecurityHeaders() {}

  /** All headers of an answer that is data, for who answers before any filter. */
  public static Map<String, String> ofData() {
    Map<String, String> headers = new HashMap<>(CONSTANT);
    headers.put(CONTENT_POLICY, ContentPolicy.DATA);
    return headers;
  }
}
