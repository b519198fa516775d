package io.a2g.common.trace;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.slf4j.MDC;

/**
 * Gives every request a trace id: in the log (MDC), in the answer's {@code traceparent} and {@code
 * X-Request-Id} headers, and in every problem body.
 */
public class TraceContextFilter extends HttpFilter {

  private static final String ATTRIBUTE = TraceContext.class.getName();

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    TraceContext context = contextOf(request);
    MDC.put(TraceContext.MDC_KEY, context.traceId());
    MDC.put(TraceContext.MDC_PARENT_KEY, context.traceparent());
    response.setHeader("traceparent", context.traceparent());
    response.setHeader("X-Request-Id", context.traceId());
    try {
      chain.doFilter(request, response);
    } finally {
      MDC.remove(TraceContext.MDC_KEY);
      MDC.remove(TraceContext.MDC_PARENT_KEY);
    }
  }

  // An error dispatch is the same request: it keeps the context the first dispatch made.
  private static TraceContext contextOf(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof TraceContext known) {
      return known;
    }
    // Two traceparent headers are invalid, and an invalid one starts a new trace.
    List<String> headers = Collections.list(request.getHeaders("traceparent"));
    var context = TraceContext.continueFrom(headers.size() == 1 ? headers.get(0) : null);
    request.setAttribute(ATTRIBUTE, context);
    return context;
  }
}
