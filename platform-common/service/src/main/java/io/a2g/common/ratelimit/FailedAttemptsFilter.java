package io.a2g.common.ratelimit;

import io.a2g.common.error.TooManyRequests;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses an address with 429 that sent too many requests without a valid credential. It runs
 * before Spring Security, so what it refuses is not even looked up.
 */
class FailedAttemptsFilter extends HttpFilter {

  private final FailedAttempts attempts;
  private final MeterRegistry meters;
  private final HandlerExceptionResolver problems;

  FailedAttemptsFilter(
      FailedAttempts attempts, MeterRegistry meters, HandlerExceptionResolver problems) {
    this.attempts = attempts;
    this.meters = meters;
    this.problems = problems;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String credential = credentialOf(request);
    if (isFree(request.getRequestURI(), credential)) {
      chain.doFilter(request, response);
      return;
    }
    boolean known = attempts.wasGood(credential);
    if (!known) {
      long wait = attempts.waitNanos(request.getRemoteAddr());
      if (wait > 0) {
        refuse(request, response, wait);
        return;
      }
    }
    chain.doFilter(request, response);
    if (response.getStatus() == HttpStatus.UNAUTHORIZED.value()) {
      attempts.failed(request.getRemoteAddr(), credential);
    } else if (!known
        && credential != null
        && request.getAttribute(RateLimitFilter.RECOGNISED) != null) {
      attempts.succeeded(credential);
    }
  }

  // A probe sends no credential; what sends one is tried, wherever it goes.
  private static boolean isFree(String path, @Nullable String credential) {
    return path.startsWith("/internal/") || (credential == null && UnlimitedPaths.contains(path));
  }

  private static @Nullable String credentialOf(HttpServletRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    return authorization == null ? request.getHeader("X-API-Key") : authorization;
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response, long waitNanos) {
    meters.counter("platform.requests.refused", "limit", attempts.quota().policy()).increment();
    response.setHeader(RateLimitFilter.POLICY_HEADER, attempts.quota().policyItem());
    response.setHeader(RateLimitFilter.STANDING_HEADER, attempts.quota().standingItem(0));
    problems.resolveException(
        request,
        response,
        null,
        new TooManyRequests(
            "Too many requests without a valid credential came from this address.",
            Duration.ofNanos(waitNanos)));
  }
}
