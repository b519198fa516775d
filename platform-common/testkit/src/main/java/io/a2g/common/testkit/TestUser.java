package io.a2g.common.testkit;

import io.a2g.common.security.Role;
import org.jspecify.annotations.Nullable;

/**
 * A user that exists, with a key that works.
 *
 * @param deptCode the team; null for none
 * @param key the API key's text
 */
public record TestUser(
    long id, String username, Role role, @Nullable String deptCode, String key) {}
