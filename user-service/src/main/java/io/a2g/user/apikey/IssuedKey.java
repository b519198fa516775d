package io.a2g.user.apikey;

import io.a2g.common.security.ApiKey;

/**
 * A key at the only moment when it is known.
 *
 * @param key the secret
 */
public record IssuedKey(StoredKey stored, ApiKey key) {}
