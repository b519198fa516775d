package io.a2g.user.signup;

import io.a2g.common.security.Role;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A new user.
 *
 * @param apiKey the first key: in this answer and never again
 */
@Schema(name = "SignUpResponse")
public record SignedUp(
    long id,
    String username,
    Role role,
    @Schema(description = "The first API key; only in this answer") String apiKey) {}
