package io.a2g.common.web.limit;

import io.a2g.common.deadline.RequestDeadline;
import io.a2g.common.error.RetryLater;
import io.a2g.common.filter.ClientAddress;
import io.a2g.common.web.limit.Pool.Visitor;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Bounds how many requests are served at once, and how long each may use the database. Virtual
 * threads took away the bound that a thread pool used to be; without one, a burst ends as time-outs
 * in the connection pool. A request has its body already, and gives its turn back when it begins to
 * send an answer that its reader may be slow to take, so that no turn waits for a client.
 *
 * <p>Requests without a credential, uploads, long answers, and the platform's own services have
 * pools of their own. Of the others, no address, credential or user has more than its share.
 */
public class ConcurrencyLimitFilter extends HttpFilter {

  // Probes, so that a busy service is not mistaken for a dead one, and what answers from memory.
  private static final List<String> FREE =
      List.of(
          "/actuator", "/v3/api-docs", "/swagger-ui", "/error", "/.well-known/", "/oauth2/jwks");

  private final LimitProperties limits;
  private final HandlerExceptionResolver problems;
  private final Pool callers;
  private final Pool strangers;
  private final Pool uploads;
  private final Pool streams;
  private final Pool services;

  /** Answers through {@code problems}, so that the refusal has the shape of all others. */
  public ConcurrencyLimitFilter(LimitProperties limits, HandlerExceptionResolver problems) {
    this.limits = limits;
    this.problems = problems;
    int requests = limits.concurrentRequests();
    this.callers = Pool.shared(requests);
    this.strangers = Pool.shared(Math.max(1, requests / 4));
    this.uploads = Pool.shared(requests);
    this.streams = Pool.shared(4 * requests);
    // Requests of users that wait for another service must not keep out the question of that
    // service which they wait for.
    this.services = Pool.open(requests);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isFree(request.getRequestURI())) {
      chain.doFilter(request, response);
      return;
    }
    String credential = credentialOf(request);
    Pool pool = poolOf(request, credential);
    var visitor =
        new Visitor(
            ClientAddress.network(request.getRemoteAddr()),
            credential == null ? List.of() : List.of("credential " + credential));
    if (!awaitTurn(pool, visitor)) {
      problems.resolveException(
          request, response, null, new RetryLater("Too many requests now.", Duration.ofSeconds(1)));
      return;
    }
    RequestDeadline deadline = RequestDeadline.begin(limits.deadline());
    if (pool == uploads) {
      deadline.restartWithEachConnection();
    }
    Turn turn = new Turn(pool, visitor, streams, deadline);
    request.setAttribute(Turn.ATTRIBUTE, turn);
    if (request.getAttribute(Answer.ATTRIBUTE) instanceof Answer answer) {
      answer.of(turn);
    }
    try {
      chain.doFilter(request, response);
    } finally {
      deadline.close();
      turn.end();
    }
  }

  private static boolean isFree(String path) {
    for (String prefix : FREE) {
      if (path.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String credentialOf(HttpServletRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    return authorization == null ? request.getHeader("X-API-Key") : authorization;
  }

  private Pool poolOf(HttpServletRequest request, @Nullable String credential) {
    if (request.getRequestURI().startsWith("/internal/")) {
      return services;
    }
    if (credential == null) {
      return strangers;
    }
    return StringUtils.startsWithIgnoreCase(request.getContentType(), "multipart/")
        ? uploads
        : callers;
  }

  private boolean awaitTurn(Pool pool, Visitor visitor) {
    try {
      return pool.tryEnter(visitor, limits.queueTime().toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
