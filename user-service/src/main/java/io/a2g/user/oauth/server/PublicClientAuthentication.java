package io.a2g.user.oauth.server;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Accepts a public client that refreshes or revokes: it names itself and has no secret. What it
 * presents is the proof; Spring's own converter knows the exchange of a code alone.
 */
class PublicClientAuthentication implements AuthenticationConverter, AuthenticationProvider {

  private static final String REQUEST = "io.a2g.public_client_request";

  private final RegisteredClientRepository clients;

  PublicClientAuthentication(RegisteredClientRepository clients) {
    this.clients = clients;
  }

  @Override
  public @Nullable Authentication convert(HttpServletRequest request) {
    @Nullable String clientId = single(request, OAuth2ParameterNames.CLIENT_ID);
    boolean refreshes =
        request.getRequestURI().equals("/oauth2/token")
            && OAuth2ParameterNames.REFRESH_TOKEN.equals(
                single(request, OAuth2ParameterNames.GRANT_TYPE));
    boolean revokes = request.getRequestURI().equals("/oauth2/revoke");
    if (clientId == null
        || !(refreshes || revokes)
        || request.getHeader(HttpHeaders.AUTHORIZATION) != null
        || request.getParameter(OAuth2ParameterNames.CLIENT_SECRET) != null
        || request.getParameter(OAuth2ParameterNames.CLIENT_ASSERTION) != null) {
      return null;
    }
    return new OAuth2ClientAuthenticationToken(
        clientId, ClientAuthenticationMethod.NONE, null, Map.of(REQUEST, true));
  }

  @Override
  public @Nullable Authentication authenticate(Authentication authentication) {
    OAuth2ClientAuthenticationToken request = (OAuth2ClientAuthenticationToken) authentication;
    if (!request.getAdditionalParameters().containsKey(REQUEST)) {
      return null;
    }
    @Nullable RegisteredClient client = clients.findByClientId(request.getName());
    if (client == null
        || !client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE)) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
    }
    return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
  }

  private static @Nullable String single(HttpServletRequest request, String name) {
    String[] values = request.getParameterValues(name);
    return values != null && values.length == 1 && !values[0].isBlank() ? values[0] : null;
  }
}
