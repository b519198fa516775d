package io.a2g.user.apikey;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the audit keeps of a key.
 *
 * @param key as lists show it
 * @param scopes null: whatever the owner may do
 * @param replacedBy id of another key; null: none replaces it
 */
record KeyState(
    long userId,
    String name,
    String key,
    @Nullable List<String> scopes,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Long replacedBy) {

  static KeyState of(StoredKey key) {
    return new KeyState(
        key.userId(),
        key.name(),
        key.masked(),
        key.scopes().tokens(),
        key.expiresAt(),
        key.revokedAt(),
        key.replacedBy());
  }
}
