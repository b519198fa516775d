package io.a2g.user.apikey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What of a key can be changed.
 *
 * @param expiresAt when it stops working; null: never
 */
public record KeyEdit(String name, @Nullable Instant expiresAt) {}
