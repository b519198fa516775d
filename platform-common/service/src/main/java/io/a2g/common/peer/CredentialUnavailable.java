package io.a2g.common.peer;

/** The issuer gave no access token; the message says why, without the secret. */
public class CredentialUnavailable extends Exception {

  /** See the class. */
  public CredentialUnavailable(String message) {
    super(message);
  }
}
