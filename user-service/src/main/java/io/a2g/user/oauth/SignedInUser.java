package io.a2g.user.oauth;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/**
 * The user of a browser session or of a grant.
 *
 * @param id {@code users.users.id}
 * @param signedInAt when the user signed in
 * @param apiKeyId {@code users.api_keys.id} of the key that signed in; null: the identity provider
 *     did
 */
public record SignedInUser(long id, Instant signedInAt, @Nullable Long apiKeyId)
    implements Principal {

  /** The subject of tokens: the id as decimal text. */
  @Override
  public String getName() {
    return Long.toString(id);
  }

  /** For Spring Security. What the user may do is looked up with each token, never kept here. */
  public Authentication authentication() {
    return UsernamePasswordAuthenticationToken.authenticated(this, null, List.of());
  }
}
