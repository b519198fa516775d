package io.a2g.common.headers;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * Puts the security headers on every answer, also on those of filters before Spring Security's,
 * which leaves what is there already. Cache-Control is left to Spring Security and to whoever
 * answers: headers of a controller are added, not put in place of these.
 */
class SecurityHeadersFilter extends HttpFilter {

  private final List<ContentPolicy> policies;

  SecurityHeadersFilter(List<ContentPolicy> policies) {
    this.policies = List.copyOf(policies);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    SecurityHeaders.CONSTANT.forEach(response::setHeader);
    response.setHeader(SecurityHeaders.CONTENT_POLICY, policyOf(request.getRequestURI()));
    if (request.isSecure()) {
      response.setHeader(SecurityHeaders.TRANSPORT, SecurityHeaders.TRANSPORT_FOR_A_YEAR);
    }
    chain.doFilter(request, response);
  }

  private String policyOf(String path) {
    for (ContentPolicy policy : policies) {
      if (path.startsWith(policy.path())) {
        return policy.policy();
      }
    }
    return ContentPolicy.DATA;
  }
}
