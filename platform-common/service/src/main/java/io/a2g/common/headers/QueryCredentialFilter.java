package io.a2g.common.headers;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses credentials in the address: there they end up in the logs of proxies, in histories and in
 * {@code Referer} headers. The answer does not repeat them.
 */
class QueryCredentialFilter extends HttpFilter {

  // Names that clients use for it, and a platform key as the value of any parameter. The "_" may be
  // percent-encoded; letters and digits never are by an honest client.
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "(?i)(^|&)(access_token|api[_-]?key|x-api-key|authorization)=|a2g(_|%5F)[0-9A-Za-z]{36}");
  private static final int LONGEST = 16 * 1024;

  private final HandlerExceptionResolver problems;

  QueryCredentialFilter(HandlerExceptionResolver problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (hasCredential(request.getQueryString())) {
      problems.resolveException(
          request,
          response,
          null,
          new ProblemException(
              ProblemType.INVALID_REQUEST,
              "Credentials do not belong in the address; send Authorization: Bearer. Replace this one: it may have been logged on its way."));
      return;
    }
    chain.doFilter(request, response);
  }

  private static boolean hasCredential(@Nullable String query) {
    return query != null && query.length() <= LONGEST && CREDENTIAL.matcher(query).find();
  }
}
