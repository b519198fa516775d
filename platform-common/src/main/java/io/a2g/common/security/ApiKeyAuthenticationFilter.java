package io.a2g.common.security;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Turns {@code Authorization: Bearer a2g_…} into the {@link Caller}. No credential passes on to the
 * rules, which refuse it where one is needed; a wrong one is refused here, even where none is
 * needed, so that a typo does not go unnoticed.
 */
class ApiKeyAuthenticationFilter extends OncePerRequestFilter {

  private static final String SCHEME = "Bearer ";

  private final CallerDirectory callers;
  private final HandlerExceptionResolver problems;

  ApiKeyAuthenticationFilter(CallerDirectory callers, HandlerExceptionResolver problems) {
    this.callers = callers;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      authenticate(request.getHeader(HttpHeaders.AUTHORIZATION));
    } catch (RuntimeException e) {
      problems.resolveException(request, response, null, e);
      return;
    }
    try {
      chain.doFilter(request, response);
    } finally {
      SecurityContextHolder.clearContext();
    }
  }

  private void authenticate(@Nullable String authorization) {
    if (authorization == null) {
      return;
    }
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw refused("Send an API key as Authorization: Bearer a2g_…");
    }
    Caller caller =
        ApiKey.parse(authorization.substring(SCHEME.length()).strip())
            .flatMap(callers::find)
            .orElseThrow(() -> refused("The API key is not valid."));
    SecurityContextHolder.setContext(new SecurityContextImpl(authenticationOf(caller)));
  }

  private static Authentication authenticationOf(Caller caller) {
    return UsernamePasswordAuthenticationToken.authenticated(
        caller, null, List.of(new SimpleGrantedAuthority(caller.role().authority())));
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(ProblemType.UNAUTHENTICATED, detail);
  }
}
