package io.a2g.user.oauth.idp;

/** The provider does not answer, or not as one. */
public class IdentityProviderUnavailable extends RuntimeException {

  IdentityProviderUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  IdentityProviderUnavailable(String message) {
    super(message);
  }
}
