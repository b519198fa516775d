package io.a2g.user.oauth.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenIntrospection;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenIntrospectionAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.http.converter.OAuth2TokenIntrospectionHttpMessageConverter;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/**
 * Tells a client about a token. An access token is meant to be shown to others; a refresh token is
 * not, so to any client but its own it looks like one that does not exist (RFC 7662, section 4).
 */
class IntrospectionAnswer implements AuthenticationSuccessHandler {

  private final OAuth2TokenIntrospectionHttpMessageConverter answers =
      new OAuth2TokenIntrospectionHttpMessageConverter();

  @Override
  public void onAuthenticationSuccess(
      HttpServletRequest request, HttpServletResponse response, Authentication authentication)
      throws IOException {
    OAuth2TokenIntrospection token =
        ((OAuth2TokenIntrospectionAuthenticationToken) authentication).getTokenClaims();
    // Spring gives access tokens a type, and refresh tokens none.
    boolean hidden =
        token.isActive()
            && token.getTokenType() == null
            && !authentication.getName().equals(token.getClientId());
    answers.write(
        hidden ? OAuth2TokenIntrospection.builder().build() : token,
        null,
        new ServletServerHttpResponse(response));
  }
}
