package io.a2g.user.oauth.client;

import io.a2g.common.error.InvalidRequest;
import java.util.List;

/**
 * The registration of a client, as an administrator writes it.
 *
 * @param clientId its name in the protocol
 * @param name for people
 * @param redirectUris where codes may be sent
 * @param postLogoutRedirectUris where users may be sent after signing out
 * @param scopes what it may ask for
 * @param consentRequired whether users are asked first
 */
public record ClientDraft(
    String clientId,
    String name,
    List<GrantType> grantTypes,
    List<String> redirectUris,
    List<String> postLogoutRedirectUris,
    List<String> scopes,
    boolean consentRequired) {

  /**
   * Checks what no single field shows.
   *
   * @param hasSecret whether it is to get a secret
   */
  void require(boolean hasSecret) {
    boolean signsIn = grantTypes.contains(GrantType.AUTHORIZATION_CODE);
    boolean itself = grantTypes.contains(GrantType.CLIENT_CREDENTIALS);
    redirectUris.forEach(uri -> RedirectUris.require("redirect_uris", uri));
    postLogoutRedirectUris.forEach(uri -> RedirectUris.require("post_logout_redirect_uris", uri));
    if (signsIn && redirectUris.isEmpty()) {
      throw new InvalidRequest(
          "redirect_uris", "required", "a client for users needs at least one");
    }
    if (!signsIn && !redirectUris.isEmpty()) {
      throw new InvalidRequest("redirect_uris", "unused", "only authorization_code uses them");
    }
    if (itself && !hasSecret) {
      throw new InvalidRequest(
          "grant_types", "needs_secret", "client_credentials is for clients with a secret");
    }
    if (grantTypes.contains(GrantType.REFRESH_TOKEN) && !signsIn) {
      throw new InvalidRequest(
          "grant_types", "needs_code", "refresh_token comes with authorization_code");
    }
    requireScopes(signsIn);
  }

  private void requireScopes(boolean signsIn) {
    for (String scope : scopes) {
      if (!ClientScopes.ALL.contains(scope)) {
        throw new InvalidRequest(
            "scopes", "unknown", "must be among " + String.join(", ", ClientScopes.ALL));
      }
    }
    if (signsIn && scopes.contains(ClientScopes.INTERNAL)) {
      throw new InvalidRequest(
          "scopes",
          "services_only",
          "internal is for clients without users: client_credentials alone");
    }
  }
}
