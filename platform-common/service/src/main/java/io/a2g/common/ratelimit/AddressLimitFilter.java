package io.a2g.common.ratelimit;

import com.github.benmanes.caffeine.cache.Ticker;
import io.a2g.common.error.TooManyRequests;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses an address with 429 that sent too many credentials that are none, or too many requests
 * without one. It runs before Spring Security, so what it refuses is not even looked up.
 */
class AddressLimitFilter extends HttpFilter {

  // A stranger who writes makes a row or has up to a hundred keys looked up.
  private static final long TOKENS_OF_A_WRITE = 20;

  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  private final RateLimitProperties limits;
  private final AddressBuckets anonymous;
  private final AddressBuckets failures;
  // Of OAuth clients: whoever guesses API keys does not lock out those who ask for tokens.
  private final AddressBuckets clientFailures;
  private final KnownCredentials knownKeys = new KnownCredentials(Ticker.systemTicker());
  private final KnownCredentials knownClients = new KnownCredentials(Ticker.systemTicker());
  private final MeterRegistry meters;
  private final HandlerExceptionResolver problems;

  AddressLimitFilter(
      RateLimitProperties limits, MeterRegistry meters, HandlerExceptionResolver problems) {
    this.limits = limits;
    this.anonymous = new AddressBuckets("anonymous", Math.max(1, limits.anonymous()));
    this.failures = new AddressBuckets("failures", Math.max(1, limits.failures()));
    this.clientFailures = new AddressBuckets("failures", Math.max(1, limits.failures()));
    this.meters = meters;
    this.problems = problems;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    @Nullable String credential = Credential.of(request);
    if (request.getRequestURI().startsWith("/internal/")) {
      chain.doFilter(request, response);
    } else if (credential == null) {
      serveStranger(request, response, chain);
    } else if (limits.failures() > 0) {
      serve(credential, request, response, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void serveStranger(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (limits.anonymous() > 0 && !UnlimitedPaths.isProbe(request.getRequestURI())) {
      long tokens = isWrite(request) ? TOKENS_OF_A_WRITE : 1;
      long wait = anonymous.take(request.getRemoteAddr(), tokens);
      if (wait > 0) {
        refuse(request, response, anonymous.quota(), wait);
        return;
      }
    }
    chain.doFilter(request, response);
  }

  // Not the OAuth endpoints: those who ask for tokens are many behind one proxy, and write no row.
  private static boolean isWrite(HttpServletRequest request) {
    return request.getServletPath().startsWith("/api/") && !READS.contains(request.getMethod());
  }

  private void serve(
      String credential,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    boolean ofClient = Credential.isOfClient(request);
    AddressBuckets attempts = ofClient ? clientFailures : failures;
    KnownCredentials known = ofClient ? knownClients : knownKeys;
    boolean wasKnown = known.contains(credential);
    long wait = wasKnown ? 0 : attempts.waitNanos(request.getRemoteAddr());
    if (wait > 0) {
      refuse(request, response, attempts.quota(), wait);
      return;
    }
    chain.doFilter(request, response);
    int status = response.getStatus();
    if (status == HttpStatus.UNAUTHORIZED.value()) {
      attempts.take(request.getRemoteAddr(), 1);
      known.remove(credential);
    } else if (!wasKnown && isRecognised(request, ofClient, status)) {
      known.add(credential);
    }
  }

  private static boolean isRecognised(HttpServletRequest request, boolean ofClient, int status) {
    return ofClient
        ? status == HttpStatus.OK.value()
        : request.getAttribute(RateLimitFilter.RECOGNISED) != null;
  }

  private void refuse(
      HttpServletRequest request, HttpServletResponse response, Quota quota, long waitNanos) {
    meters.counter("platform.requests.refused", "limit", quota.policy()).increment();
    response.setHeader(RateLimitFilter.POLICY_HEADER, quota.policyItem());
    response.setHeader(RateLimitFilter.STANDING_HEADER, quota.standingItem(0));
    problems.resolveException(
        request,
        response,
        null,
        new TooManyRequests(
            "Too many requests without a valid credential came from this address.",
            Duration.ofNanos(waitNanos)));
  }
}
