package io.a2g.user.oauth.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.http.converter.OAuth2ErrorHttpMessageConverter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** Answers a client that did not authenticate, as RFC 6749 section 5.2 says. */
class ClientAuthenticationFailure
    implements AuthenticationFailureHandler, AuthenticationEntryPoint {

  private final OAuth2ErrorHttpMessageConverter errors = new OAuth2ErrorHttpMessageConverter();

  /** Of a client that shows no credential at all. */
  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    onAuthenticationFailure(
        request, response, new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT));
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    ServletServerHttpResponse answer = new ServletServerHttpResponse(response);
    OAuth2Error error = ((OAuth2AuthenticationException) failure).getError();
    if (error.getErrorCode().equals(OAuth2ErrorCodes.INVALID_CLIENT)) {
      // The same for an unknown client and a wrong secret.
      error =
          new OAuth2Error(
              OAuth2ErrorCodes.INVALID_CLIENT,
              "The client is not known by this id and secret, or did not authenticate.",
              null);
      answer.setStatusCode(HttpStatus.UNAUTHORIZED);
      answer.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"a2g\"");
    } else {
      answer.setStatusCode(HttpStatus.BAD_REQUEST);
    }
    errors.write(error, null, answer);
  }
}
