package io.a2g.user.account.web;

import io.a2g.common.security.Role;
import jakarta.validation.constraints.NotNull;

/** A change of role. */
record RoleRequest(@NotNull Role role) {}
