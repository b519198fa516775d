package io.a2g.common.audit;

import io.a2g.common.filter.ClientAddress;
import io.a2g.common.security.Caller;
import io.a2g.common.trace.TraceContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Who and where from, as far as the running thread serves a request.
 *
 * @param caller null: the platform itself
 */
record Origin(
    @Nullable Caller caller,
    @Nullable String clientAddress,
    @Nullable String userAgent,
    @Nullable String traceId) {

  private static final int MAX_USER_AGENT = 200;

  static Origin current() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    Caller caller =
        authentication != null && authentication.getPrincipal() instanceof Caller known
            ? known
            : null;
    if (!(RequestContextHolder.getRequestAttributes()
        instanceof ServletRequestAttributes attributes)) {
      return new Origin(caller, null, null, null);
    }
    HttpServletRequest request = attributes.getRequest();
    return new Origin(
        caller,
        ClientAddress.plain(request.getRemoteAddr()),
        printable(request.getHeader("User-Agent")),
        TraceContext.currentTraceId());
  }

  private static @Nullable String printable(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String clean = text.replaceAll("[^\\x20-\\x7E]", "?");
    return clean.substring(0, Math.min(clean.length(), MAX_USER_AGENT));
  }
}
