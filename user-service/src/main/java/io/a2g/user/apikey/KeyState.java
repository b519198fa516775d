package io.a2g.user.apikey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the audit keeps of a key.
 *
 * @param key as lists show it
 */
record KeyState(
    long userId,
    String name,
    String key,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {

  static KeyState of(StoredKey key) {
    return new KeyState(key.userId(), key.name(), key.masked(), key.expiresAt(), key.revokedAt());
  }
}
