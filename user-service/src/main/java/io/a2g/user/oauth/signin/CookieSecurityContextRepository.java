package io.a2g.user.oauth.signin;

import io.a2g.user.oauth.IssuerProperties;
import io.a2g.user.oauth.SignedInUser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/** Signs browsers in and out, and gives Spring Security the user of a browser. */
@Component
public class CookieSecurityContextRepository implements SecurityContextRepository {

  private final SignInSessions sessions;
  private final SignInProperties properties;
  private final BrowserCookie cookie;

  CookieSecurityContextRepository(
      SignInSessions sessions, SignInProperties properties, IssuerProperties issuer) {
    this.sessions = sessions;
    this.properties = properties;
    this.cookie = BrowserCookie.named("a2g_session", issuer.isSecure());
  }

  /** Signs a browser in; a session that it had ends. See {@link SignInSessions#start}. */
  public void signIn(
      HttpServletRequest request,
      HttpServletResponse response,
      long userId,
      @Nullable Long apiKeyId) {
    cookie.read(request).ifPresent(sessions::end);
    cookie.write(response, sessions.start(userId, apiKeyId), properties.sessionTime());
  }

  /** Signs a browser out; one that is not signed in stays so. */
  public void signOut(HttpServletRequest request, HttpServletResponse response) {
    cookie.read(request).ifPresent(sessions::end);
    cookie.clear(response);
  }

  /** The user who is signed in; empty when none is. */
  public Optional<SignedInUser> userOf(HttpServletRequest request) {
    return cookie.read(request).flatMap(sessions::find);
  }

  /** Called when the context is first asked for, by the interface's deferred variant. */
  @Override
  @Deprecated
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    SecurityContext context = new SecurityContextImpl();
    userOf(holder.getRequest())
        .map(SignedInUser::authentication)
        .ifPresent(context::setAuthentication);
    return context;
  }

  /** Does nothing: a session begins by {@link #signIn} alone, not by any authenticated request. */
  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {}

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return cookie.read(request).isPresent();
  }
}
