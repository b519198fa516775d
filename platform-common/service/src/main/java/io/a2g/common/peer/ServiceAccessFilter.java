package io.a2g.common.peer;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Lets other services pass. For all others, users and administrators included, the internal
 * endpoints are not there.
 */
final class ServiceAccessFilter extends OncePerRequestFilter {

  private final ServiceCallers callers;
  private final HandlerExceptionResolver problems;

  ServiceAccessFilter(ServiceCallers callers, HandlerExceptionResolver problems) {
    this.callers = callers;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      requireService(request);
    } catch (RuntimeException e) {
      problems.resolveException(request, response, null, e);
      return;
    }
    chain.doFilter(request, response);
  }

  private void requireService(HttpServletRequest request) {
    List<String> credentials = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
    if (credentials.size() != 1 || !callers.accept(credentials.getFirst())) {
      throw new ProblemException(ProblemType.NOT_FOUND, "There is nothing at this address.");
    }
  }
}
