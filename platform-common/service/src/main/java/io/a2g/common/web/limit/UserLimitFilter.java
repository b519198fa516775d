package io.a2g.common.web.limit;

import io.a2g.common.error.RetryLater;
import io.a2g.common.security.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses a user who has a user's share of the turns already, by other credentials. It runs after
 * Spring Security, which knows the user; one credential alone waits in {@link
 * ConcurrencyLimitFilter} before it is looked up, and never comes here with more than that share.
 */
public class UserLimitFilter extends HttpFilter {

  private final HandlerExceptionResolver problems;

  /** Answers through {@code problems}, so that the refusal has the shape of all others. */
  public UserLimitFilter(HandlerExceptionResolver problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (hasShare(request)) {
      chain.doFilter(request, response);
      return;
    }
    problems.resolveException(
        request,
        response,
        null,
        new RetryLater("Too many requests of this user now.", Duration.ofSeconds(1)));
  }

  private static boolean hasShare(HttpServletRequest request) {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication == null
        || !(authentication.getPrincipal() instanceof Caller caller)
        || !(request.getAttribute(Turn.ATTRIBUTE) instanceof Turn turn)) {
      return true;
    }
    try {
      return turn.belongsTo("user " + caller.userId());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
