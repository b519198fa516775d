package io.a2g.common.web.limit;

import io.a2g.common.error.RetryLater;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Bounds how many API requests are served at once. Virtual threads took away the bound that a
 * thread pool used to be; without one, a burst ends as time-outs in the connection pool. Probes and
 * documentation pass, so a busy service is not mistaken for a dead one.
 */
public class ConcurrencyLimitFilter extends HttpFilter {

  private final Semaphore turns;
  private final Duration queueTime;
  private final String prefix;
  private final HandlerExceptionResolver problems;

  /**
   * Bounds requests below {@code prefix}, such as {@code /api/}. Answers through {@code problems},
   * so that the refusal has the shape of all others.
   */
  public ConcurrencyLimitFilter(
      LimitProperties limits, String prefix, HandlerExceptionResolver problems) {
    this.turns = new Semaphore(limits.concurrentRequests());
    this.queueTime = limits.queueTime();
    this.prefix = prefix;
    this.problems = problems;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!request.getRequestURI().startsWith(prefix)) {
      chain.doFilter(request, response);
      return;
    }
    if (!awaitTurn()) {
      problems.resolveException(
          request, response, null, new RetryLater("Too many requests now.", Duration.ofSeconds(1)));
      return;
    }
    try {
      chain.doFilter(request, response);
    } finally {
      turns.release();
    }
  }

  private boolean awaitTurn() {
    try {
      return turns.tryAcquire(queueTime.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
