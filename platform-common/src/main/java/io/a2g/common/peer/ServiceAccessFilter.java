package io.a2g.common.peer;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Lets other services pass. For everybody else, a user with an API key included, the internal
 * endpoints are not there.
 */
final class ServiceAccessFilter extends OncePerRequestFilter {

  private final ServiceCredential credential;
  private final HandlerExceptionResolver problems;

  ServiceAccessFilter(ServiceCredential credential, HandlerExceptionResolver problems) {
    this.credential = credential;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!credential.accepts(request.getHeader(HttpHeaders.AUTHORIZATION))) {
      problems.resolveException(
          request,
          response,
          null,
          new ProblemException(ProblemType.NOT_FOUND, "There is nothing at this address."));
      return;
    }
    chain.doFilter(request, response);
  }
}
