package io.a2g.common.security;

import io.a2g.common.peer.ServiceCallers;
import org.jspecify.annotations.Nullable;

/** Knows other services by the access tokens that their client credentials give them. */
final class AccessTokenCallers implements ServiceCallers {

  private final AccessTokenVerifier tokens;

  AccessTokenCallers(AccessTokenVerifier tokens) {
    this.tokens = tokens;
  }

  @Override
  public boolean accept(@Nullable String authorization) {
    String token = BearerToken.of(authorization);
    return token != null && tokens.verifyService(token).isPresent();
  }
}
