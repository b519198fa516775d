package io.a2g.user.oauth.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers HEAD for the published documents, whose endpoints know GET alone. The server leaves the
 * body out by itself.
 */
class HeadFilter extends OncePerRequestFilter {

  /** Requests that it answers. */
  static final RequestMatcher DOCUMENTS =
      new OrRequestMatcher(
          Arrays.stream(
                  new String[] {
                    "/.well-known/openid-configuration",
                    "/.well-known/oauth-authorization-server",
                    "/oauth2/jwks"
                  })
              .<RequestMatcher>map(
                  path -> PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.HEAD, path))
              .toList());

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(DOCUMENTS.matches(request) ? asGet(request) : request, response);
  }

  private static HttpServletRequest asGet(HttpServletRequest request) {
    return new HttpServletRequestWrapper(request) {
      @Override
      public String getMethod() {
        return "GET";
      }
    };
  }
}
