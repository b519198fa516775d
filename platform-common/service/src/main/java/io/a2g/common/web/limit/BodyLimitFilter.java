package io.a2g.common.web.limit;

import io.a2g.common.error.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Answers requests whose body the server has read and refuses: over the limit (413), too slow
 * (408), broken (400), or more than there is memory for (503).
 */
public class BodyLimitFilter extends HttpFilter {

  /** Request attribute: why the body is refused. */
  static final String REFUSAL = BodyLimitFilter.class.getName() + ".refusal";

  private final HandlerExceptionResolver problems;

  /** Answers through {@code problems}, so that the refusal has the shape of all others. */
  public BodyLimitFilter(HandlerExceptionResolver problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getAttribute(REFUSAL) instanceof ProblemException refusal) {
      response.setHeader(HttpHeaders.CONNECTION, "close");
      problems.resolveException(request, response, null, refusal);
      return;
    }
    chain.doFilter(request, response);
  }
}
