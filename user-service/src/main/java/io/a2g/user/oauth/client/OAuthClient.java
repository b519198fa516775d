package io.a2g.user.oauth.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A registered client, without its secret. The audit keeps it as it is.
 *
 * @param id its number in the platform
 * @param secretChangedAt when its secret was drawn; null: a public client, which has none
 */
public record OAuthClient(
    long id, ClientDraft draft, @Nullable Instant secretChangedAt, Instant createdAt) {

  /** True for a client that cannot keep a secret, such as one in a browser. */
  public boolean isPublic() {
    return secretChangedAt == null;
  }

  /** Its name in the protocol. */
  public String clientId() {
    return draft.clientId();
  }
}
