package io.a2g.common.security;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Turns an API key or an access token into the {@link Caller}. No credential passes on to the
 * rules, which refuse it where one is needed; a wrong one is refused here, even where none is
 * needed, so that a typo does not go unnoticed.
 */
class BearerAuthenticationFilter extends OncePerRequestFilter {

  private static final String API_KEY_HEADER = "X-API-Key";

  private final CallerDirectory callers;
  private final AccessTokenVerifier tokens;
  private final ScopeRule scopes;
  private final HandlerExceptionResolver problems;

  BearerAuthenticationFilter(
      CallerDirectory callers,
      AccessTokenVerifier tokens,
      ScopeRule scopes,
      HandlerExceptionResolver problems) {
    this.callers = callers;
    this.tokens = tokens;
    this.scopes = scopes;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      authenticate(request);
    } catch (RuntimeException e) {
      problems.resolveException(request, response, null, e);
      return;
    }
    try {
      chain.doFilter(request, response);
    } catch (AccessDeniedException e) {
      if (!isPending()) {
        throw e;
      }
      problems.resolveException(request, response, null, waitsForApproval());
    } finally {
      SecurityContextHolder.clearContext();
    }
  }

  private static boolean isPending() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication != null
        && authentication.getPrincipal() instanceof Caller caller
        && caller.role() == Role.PENDING;
  }

  private static ProblemException waitsForApproval() {
    return new ProblemException(
        ProblemType.FORBIDDEN,
        "This user waits for an administrator's approval; until then only /api/v1/users/me is open.");
  }

  private void authenticate(HttpServletRequest request) {
    @Nullable String credential = credentialOf(request);
    if (credential == null) {
      return;
    }
    Caller caller = ApiKey.isMeant(credential) ? byKey(credential) : byToken(credential);
    scopes.require(request, caller.scopes());
    SecurityContextHolder.setContext(new SecurityContextImpl(authenticationOf(caller, credential)));
  }

  private static @Nullable String credentialOf(HttpServletRequest request) {
    List<String> authorizations = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
    List<String> keys = Collections.list(request.getHeaders(API_KEY_HEADER));
    if (authorizations.isEmpty() && keys.isEmpty()) {
      return null;
    }
    String credential =
        authorizations.isEmpty()
            ? keys.getFirst().strip()
            : BearerToken.of(authorizations.getFirst());
    if (authorizations.size() + keys.size() > 1 || credential == null) {
      throw CredentialRefused.invalid("Send one credential, as Authorization: Bearer …");
    }
    return credential;
  }

  private Caller byKey(String credential) {
    return ApiKey.parse(credential)
        .flatMap(callers::find)
        .orElseThrow(() -> CredentialRefused.invalid("The API key is not valid."));
  }

  private Caller byToken(String credential) {
    Optional<AccessToken> token = tokens.verify(credential);
    return token
        .flatMap(callers::find)
        .orElseThrow(() ->
            CredentialRefused.invalid(
                tokens.isOfClient(credential)
                    ? "The access token is a client's own; this needs one that a user granted."
                    : "The access token is not valid."));
  }

  // With the credential: what is sealed for the caller opens with nothing else.
  private static Authentication authenticationOf(Caller caller, String credential) {
    return UsernamePasswordAuthenticationToken.authenticated(
        caller, credential, List.of(new SimpleGrantedAuthority(caller.role().authority())));
  }
}
