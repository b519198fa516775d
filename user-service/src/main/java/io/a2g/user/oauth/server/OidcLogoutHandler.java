package io.a2g.user.oauth.server;

import io.a2g.user.oauth.grant.GrantStore;
import io.a2g.user.oauth.signin.CookieSecurityContextRepository;
import io.a2g.user.oauth.signin.SignInTarget;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcLogoutAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.oidc.web.authentication.OidcLogoutAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.util.StringUtils;

/** Signs out on a client's wish: the browser, and the client's grant unless it is to last. */
class OidcLogoutHandler implements AuthenticationSuccessHandler {

  private final CookieSecurityContextRepository sessions;
  private final GrantStore grants;
  private final OidcLogoutAuthenticationSuccessHandler redirect =
      new OidcLogoutAuthenticationSuccessHandler();

  OidcLogoutHandler(CookieSecurityContextRepository sessions, GrantStore grants) {
    this.sessions = sessions;
    this.grants = grants;
    redirect.setLogoutHandler(this::signOut);
  }

  @Override
  public void onAuthenticationSuccess(
      HttpServletRequest request, HttpServletResponse response, Authentication authentication)
      throws IOException, ServletException {
    OidcLogoutAuthenticationToken logout = (OidcLogoutAuthenticationToken) authentication;
    if (StringUtils.hasText(logout.getPostLogoutRedirectUri())) {
      redirect.onAuthenticationSuccess(request, response, authentication);
      return;
    }
    signOut(request, response, authentication);
    response.sendRedirect(SignInTarget.PAGE);
  }

  private void signOut(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Authentication authentication) {
    sessions.signOut(request, response);
    @Nullable OidcIdToken idToken =
        authentication instanceof OidcLogoutAuthenticationToken logout ? logout.getIdToken() : null;
    @Nullable String grantId = idToken == null ? null : idToken.getClaimAsString("sid");
    if (grantId != null) {
      grants.signedOut(grantId);
    }
  }
}
