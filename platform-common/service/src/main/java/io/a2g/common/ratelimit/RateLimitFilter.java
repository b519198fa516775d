package io.a2g.common.ratelimit;

import io.a2g.common.error.TooManyRequests;
import io.a2g.common.security.Caller;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses a known caller's request with 429 when the user or the key sends too many, and tells on
 * every answer how many are left. It runs after Spring Security, because it counts by caller.
 */
class RateLimitFilter extends HttpFilter {

  /** Request attribute: its credential was valid. */
  static final String RECOGNISED = RateLimitFilter.class.getName() + ".recognised";

  static final String POLICY_HEADER = "RateLimit-Policy";
  static final String STANDING_HEADER = "RateLimit";

  private final RequestRates rates;
  private final MeterRegistry meters;
  private final HandlerExceptionResolver problems;

  RateLimitFilter(RequestRates rates, MeterRegistry meters, HandlerExceptionResolver problems) {
    this.rates = rates;
    this.meters = meters;
    this.problems = problems;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication == null
        || !(authentication.getPrincipal() instanceof Caller caller)
        || UnlimitedPaths.contains(request.getRequestURI())) {
      chain.doFilter(request, response);
      return;
    }
    request.setAttribute(RECOGNISED, true);
    List<RateLimitStatus> statuses = rates.count(caller);
    if (!statuses.isEmpty()) {
      tell(response, statuses);
      RateLimitStatus last = statuses.getLast();
      if (!last.admitted()) {
        refuse(request, response, last);
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private static void tell(HttpServletResponse response, List<RateLimitStatus> statuses) {
    response.setHeader(POLICY_HEADER, join(statuses, s -> s.quota().policyItem()));
    response.setHeader(STANDING_HEADER, join(statuses, s -> s.quota().standingItem(s.remaining())));
  }

  private static String join(
      List<RateLimitStatus> statuses, Function<RateLimitStatus, String> item) {
    return statuses.size() == 1
        ? item.apply(statuses.getFirst())
        : statuses.stream().map(item).collect(Collectors.joining(", "));
  }

  private void refuse(
      HttpServletRequest request, HttpServletResponse response, RateLimitStatus status) {
    meters.counter("platform.requests.refused", "limit", status.quota().policy()).increment();
    problems.resolveException(
        request,
        response,
        null,
        new TooManyRequests(
            "This %s may send %d requests a minute."
                .formatted(status.quota().policy(), status.quota().perMinute()),
            Duration.ofNanos(status.waitNanos())));
  }
}
