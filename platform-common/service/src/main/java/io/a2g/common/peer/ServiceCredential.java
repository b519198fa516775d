package io.a2g.common.peer;

/** What this service shows when it calls another one. */
public interface ServiceCredential {

  /** Whether this service has one; without it, it calls no other service. */
  boolean isPresent();

  /**
   * The value of the {@code Authorization} header of a call to another service.
   *
   * @throws CredentialUnavailable when there is none at the moment
   */
  String authorization() throws CredentialUnavailable;
}
