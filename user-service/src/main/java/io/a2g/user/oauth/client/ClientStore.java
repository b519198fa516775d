package io.a2g.user.oauth.client;

import io.a2g.user.oauth.OAuthProperties;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.stereotype.Component;

/** Clients as Spring Authorization Server sees them. */
@Component
class ClientStore implements RegisteredClientRepository {

  private final OAuthClients clients;
  private final OAuthProperties properties;

  ClientStore(OAuthClients clients, OAuthProperties properties) {
    this.clients = clients;
    this.properties = properties;
  }

  @Override
  public void save(RegisteredClient client) {
    throw new UnsupportedOperationException("ClientRegistry registers clients");
  }

  @Override
  public @Nullable RegisteredClient findById(String id) {
    return clients.find(Long.parseLong(id)).map(this::registered).orElse(null);
  }

  @Override
  public @Nullable RegisteredClient findByClientId(String clientId) {
    return clients.findByClientId(clientId).map(this::registered).orElse(null);
  }

  private RegisteredClient registered(OAuthClients.Row row) {
    ClientDraft draft = row.client().draft();
    RegisteredClient.Builder client =
        RegisteredClient.withId(Long.toString(row.client().id()))
            .clientId(draft.clientId())
            .clientName(draft.name())
            .clientIdIssuedAt(row.client().createdAt())
            .redirectUris(uris -> uris.addAll(draft.redirectUris()))
            .postLogoutRedirectUris(uris -> uris.addAll(draft.postLogoutRedirectUris()))
            .scopes(scopes -> scopes.addAll(draft.scopes()))
            .clientSettings(
                ClientSettings.builder()
                    .requireProofKey(true)
                    .requireAuthorizationConsent(draft.consentRequired())
                    .build())
            .tokenSettings(
                TokenSettings.builder()
                    .authorizationCodeTimeToLive(properties.codeTime())
                    .accessTokenTimeToLive(properties.accessTokenTime())
                    .refreshTokenTimeToLive(properties.refreshTokenTime())
                    .reuseRefreshTokens(false)
                    .build());
    draft
        .grantTypes()
        .forEach(type -> client.authorizationGrantType(new AuthorizationGrantType(type.value())));
    byte[] hash = row.secretHash();
    if (hash == null) {
      client.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
    } else {
      client
          .clientSecret(HexFormat.of().formatHex(hash))
          .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
          .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST);
    }
    return client.build();
  }
}
