package io.a2g.user.signup.web;

import io.a2g.common.security.Role;
import io.a2g.user.signup.SignedUp;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A new user.
 *
 * @param apiKey the first key: in this answer and never again
 */
record SignUpResponse(
    long id,
    String username,
    Role role,
    @Schema(description = "The first API key; only in this answer") String apiKey) {

  static SignUpResponse of(SignedUp signedUp) {
    var user = signedUp.user();
    return new SignUpResponse(user.id(), user.username(), user.role(), signedUp.key().text());
  }
}
