package io.a2g.user.oauth.client.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.a2g.user.oauth.client.ClientDraft;
import io.a2g.user.oauth.client.GrantType;
import io.a2g.user.oauth.client.IssuedClient;
import io.a2g.user.oauth.client.OAuthClient;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registered client.
 *
 * @param clientSecret in the answer that draws it, and never again
 * @param secretChangedAt null for a public client
 */
record OAuthClientResponse(
    long id,
    String clientId,
    String name,
    boolean confidential,
    @Schema(description = "The secret; only in the answer that draws it")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String clientSecret,
    List<GrantType> grantTypes,
    List<String> redirectUris,
    List<String> postLogoutRedirectUris,
    List<String> scopes,
    boolean consentRequired,
    @Nullable Instant secretChangedAt,
    Instant createdAt) {

  static OAuthClientResponse of(OAuthClient client) {
    return of(client, null);
  }

  static OAuthClientResponse of(IssuedClient issued) {
    return of(issued.client(), issued.secret() == null ? null : issued.secret().text());
  }

  private static OAuthClientResponse of(OAuthClient client, @Nullable String secret) {
    ClientDraft draft = client.draft();
    return new OAuthClientResponse(
        client.id(),
        draft.clientId(),
        draft.name(),
        !client.isPublic(),
        secret,
        draft.grantTypes(),
        draft.redirectUris(),
        draft.postLogoutRedirectUris(),
        draft.scopes(),
        draft.consentRequired(),
        client.secretChangedAt(),
        client.createdAt());
  }
}
