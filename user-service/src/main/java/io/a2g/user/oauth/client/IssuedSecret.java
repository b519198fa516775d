package io.a2g.user.oauth.client;

import io.a2g.user.oauth.OpaqueToken;
import org.jspecify.annotations.Nullable;

/**
 * A client with its secret, at the only moment when that is known.
 *
 * @param secret null: a public client
 */
public record IssuedSecret(OAuthClient client, @Nullable OpaqueToken secret) {}
