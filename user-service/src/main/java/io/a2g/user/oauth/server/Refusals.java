package io.a2g.user.oauth.server;

import io.a2g.user.oauth.signin.RefusalPage;
import io.a2g.user.oauth.signin.SignInTarget;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.web.util.UriUtils;

/**
 * Refuses what a browser brings: the client is told when it is known and may be answered there, the
 * person in front of the browser otherwise.
 */
class Refusals implements AuthenticationFailureHandler {

  /** Before the name of the parameter in an error's description, as Spring writes it. */
  static final String PARAMETER = "OAuth 2.0 Parameter: ";

  private static final String NAMED = "Parameter: ";

  private final RefusalPage page;

  Refusals(RefusalPage page) {
    this.page = page;
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    OAuth2Error error = ((OAuth2AuthenticationException) failure).getError();
    String location =
        failure instanceof OAuth2AuthorizationCodeRequestAuthenticationException refused
            ? location(refused, error)
            : null;
    if (location != null) {
      response.sendRedirect(location);
      return;
    }
    response.setStatus(HttpStatus.BAD_REQUEST.value());
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setContentType("text/html;charset=UTF-8");
    response.getWriter().write(page.html(request, error.getErrorCode(), parameterOf(error)));
  }

  // Empty when the description is of another kind: it may be words of an exception.
  private static String parameterOf(OAuth2Error error) {
    String description = error.getDescription();
    int end = description == null ? -1 : description.indexOf(NAMED);
    return description == null || end < 0 ? "" : description.substring(end + NAMED.length());
  }

  /**
   * Refuses a sign-out; one that names no user is left to the user, on the page with the button.
   */
  void onLogoutFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    if (request.getParameter("id_token_hint") == null) {
      response.sendRedirect(SignInTarget.PAGE);
    } else {
      onAuthenticationFailure(request, response, failure);
    }
  }

  private static @Nullable String location(
      OAuth2AuthorizationCodeRequestAuthenticationException refused, OAuth2Error error) {
    var request = refused.getAuthorizationCodeRequestAuthentication();
    String redirectUri = request == null ? null : request.getRedirectUri();
    if (request == null || redirectUri == null || redirectUri.isEmpty()) {
      return null;
    }
    String state = request.getState();
    return redirectUri
        + (redirectUri.contains("?") ? "&" : "?")
        + "error="
        + encode(error.getErrorCode())
        + (error.getDescription() == null
            ? ""
            : "&error_description=" + encode(error.getDescription()))
        + (state == null || state.isEmpty() ? "" : "&state=" + encode(state));
  }

  private static String encode(String text) {
    return UriUtils.encode(text, StandardCharsets.UTF_8);
  }
}
