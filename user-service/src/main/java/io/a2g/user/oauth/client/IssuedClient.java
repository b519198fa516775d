package io.a2g.user.oauth.client;

import io.a2g.user.oauth.OpaqueToken;
import org.jspecify.annotations.Nullable;

/**
 * A client with its secret, when that is drawn, the only moment at which it is known.
 *
 * @param secret null: a public client
 */
public record IssuedClient(OAuthClient client, @Nullable OpaqueToken secret) {}
