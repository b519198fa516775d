package io.a2g.user.invitation;

import io.a2g.common.security.Role;
import io.a2g.user.account.Department;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The terms of an invitation.
 *
 * @param email the address that the new user must have, in any case; null: any
 * @param username the name that the new user must choose; null: any
 * @param role USER or ADMIN
 * @param expiresAt until when it can be accepted
 */
public record Offer(
    @Nullable String email,
    @Nullable String username,
    Role role,
    Department department,
    Instant expiresAt) {}
