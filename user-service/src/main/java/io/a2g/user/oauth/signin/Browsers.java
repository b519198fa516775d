package io.a2g.user.oauth.signin;

import io.a2g.user.oauth.IssuerProperties;
import io.a2g.user.oauth.SignedInUser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/** Signs browsers in and out, and tells Spring Security whom a browser is signed in as. */
@Component
public class Browsers implements SecurityContextRepository {

  private final SignInSessions sessions;
  private final SignInProperties properties;
  private final BrowserCookie cookie;

  Browsers(SignInSessions sessions, SignInProperties properties, IssuerProperties issuer) {
    this.sessions = sessions;
    this.properties = properties;
    this.cookie = BrowserCookie.named("a2g_session", issuer.isSecure());
  }

  /** Signs a browser in; what it was signed in as before ends. See {@link SignInSessions#start}. */
  public void signIn(
      HttpServletRequest request, HttpServletResponse response, long userId, String proof) {
    cookie.read(request).ifPresent(sessions::end);
    cookie.write(response, sessions.start(userId, proof), properties.sessionTime());
  }

  /** Signs a browser out; one that is not signed in stays so. */
  public void signOut(HttpServletRequest request, HttpServletResponse response) {
    cookie.read(request).ifPresent(sessions::end);
    cookie.clear(response);
  }

  /** Whom the browser is signed in as. */
  public Optional<SignedInUser> userOf(HttpServletRequest request) {
    return cookie.read(request).flatMap(sessions::find);
  }

  @Override
  public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
    return new Deferred(() -> userOf(request));
  }

  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // the interface's method is what is deprecated
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    return loadDeferredContext(holder.getRequest()).get();
  }

  /** Does nothing: a session begins by {@link #signIn} alone, not by any authenticated request. */
  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {}

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return cookie.read(request).isPresent();
  }

  private static final class Deferred implements DeferredSecurityContext {

    private final java.util.function.Supplier<Optional<SignedInUser>> user;
    private @Nullable SecurityContext context;

    Deferred(java.util.function.Supplier<Optional<SignedInUser>> user) {
      this.user = user;
    }

    @Override
    public SecurityContext get() {
      if (context == null) {
        context = new SecurityContextImpl();
        user.get().map(SignedInUser::authentication).ifPresent(context::setAuthentication);
      }
      return context;
    }

    @Override
    public boolean isGenerated() {
      return get().getAuthentication() == null;
    }
  }
}
