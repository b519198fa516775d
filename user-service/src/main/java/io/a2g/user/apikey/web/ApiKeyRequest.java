package io.a2g.user.apikey.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a key.
 *
 * @param name what its owner calls it
 * @param userId whose key; absent: the caller's. Only an administrator may name somebody else.
 * @param expiresAt when it stops working; absent: never
 */
record ApiKeyRequest(
    @NotBlank @Size(max = 100) String name, @Nullable Long userId, @Nullable Instant expiresAt) {}
