package io.a2g.common.security;

import java.util.Optional;

/** Finds the user behind an API key. */
public interface CallerDirectory {

  /**
   * The caller with this key; empty when the key is unknown, revoked or expired, or its user is
   * deleted.
   */
  Optional<Caller> find(ApiKey key);
}
