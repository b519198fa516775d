package io.a2g.common.security;

import java.util.Optional;

/** Finds the user behind a credential. */
public interface CallerDirectory {

  /**
   * The caller with this key; empty when the key is unknown, revoked or expired, or its user is
   * deleted or disabled.
   */
  Optional<Caller> find(ApiKey key);

  /**
   * The caller with this token; empty when the grant was taken back, or the user is deleted or
   * disabled.
   */
  Optional<Caller> find(AccessToken token);
}
