package io.a2g.common.error;

import java.time.Duration;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/** The platform cannot serve this request now, and nothing was stored; 503 with Retry-After. */
public class RetryLater extends ProblemException {

  private final Duration retryAfter;

  /**
   * @param detail what is missing at the moment
   * @param retryAfter how long the caller should wait; whole seconds, at least one
   */
  public RetryLater(String detail, Duration retryAfter) {
    this(ProblemType.UNAVAILABLE, detail, retryAfter);
  }

  /** As above, with another type than "unavailable". */
  protected RetryLater(ProblemType type, String detail, Duration retryAfter) {
    super(type, detail);
    this.retryAfter = retryAfter;
  }

  @Override
  public Map<String, String> headers() {
    return Map.of(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
  }
}
