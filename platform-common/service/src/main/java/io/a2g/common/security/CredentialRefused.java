package io.a2g.common.security;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/** A missing, invalid or too narrow credential, with the challenge of RFC 6750 §3. */
final class CredentialRefused extends ProblemException {

  private static final String REALM = "Bearer realm=\"a2g\"";

  private final String challenge;

  private CredentialRefused(ProblemType type, String detail, String challenge) {
    super(type, detail);
    this.challenge = challenge;
  }

  /** 401: there is none. */
  static CredentialRefused missing() {
    return new CredentialRefused(
        ProblemType.UNAUTHENTICATED,
        "Send an API key or an access token as Authorization: Bearer …",
        REALM);
  }

  /**
   * 401: there is one, and it is not valid.
   *
   * @param detail the same for every reason that would help somebody who guesses
   */
  static CredentialRefused invalid(String detail) {
    return new CredentialRefused(
        ProblemType.UNAUTHENTICATED, detail, REALM + ", error=\"invalid_token\"");
  }

  /** 403: it is valid, for other things. */
  static CredentialRefused tooNarrow(Scope needed) {
    return new CredentialRefused(
        ProblemType.INSUFFICIENT_SCOPE,
        "This needs a credential with the scope %s.".formatted(needed.token()),
        REALM + ", error=\"insufficient_scope\", scope=\"" + needed.token() + "\"");
  }

  @Override
  public Map<String, String> headers() {
    return Map.of(HttpHeaders.WWW_AUTHENTICATE, challenge);
  }
}
