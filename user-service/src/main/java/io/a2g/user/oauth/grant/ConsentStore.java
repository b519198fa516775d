package io.a2g.user.oauth.grant;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsent;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.stereotype.Component;

/** The consents of users to clients that require one. */
@Component
class ConsentStore implements OAuth2AuthorizationConsentService {

  private final JdbcClient jdbc;

  ConsentStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void save(OAuth2AuthorizationConsent consent) {
    jdbc.sql(
            """
            INSERT INTO users.oauth_consents (client_id, user_id, scopes) VALUES (?, ?, ?)
            ON CONFLICT (client_id, user_id)
              DO UPDATE SET scopes = EXCLUDED.scopes, granted_at = now()
            """)
        .params(
            Long.parseLong(consent.getRegisteredClientId()),
            Long.parseLong(consent.getPrincipalName()),
            consent.getScopes().toArray(String[]::new))
        .update();
  }

  @Override
  public void remove(OAuth2AuthorizationConsent consent) {
    jdbc.sql("DELETE FROM users.oauth_consents WHERE client_id = ? AND user_id = ?")
        .params(
            Long.parseLong(consent.getRegisteredClientId()),
            Long.parseLong(consent.getPrincipalName()))
        .update();
  }

  @Override
  public @Nullable OAuth2AuthorizationConsent findById(String clientId, String userId) {
    return jdbc.sql("SELECT scopes FROM users.oauth_consents WHERE client_id = ? AND user_id = ?")
        .params(Long.parseLong(clientId), Long.parseLong(userId))
        .query((row, number) -> List.of((String[]) row.getArray(1).getArray()))
        .optional()
        .filter(scopes -> !scopes.isEmpty())
        .map(scopes -> {
          var consent = OAuth2AuthorizationConsent.withId(clientId, userId);
          scopes.forEach(consent::scope);
          return consent.build();
        })
        .orElse(null);
  }
}
