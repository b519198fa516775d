package io.a2g.common.trace;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The W3C trace context of the request being served.
 *
 * @param traceId 32 lower-case hex digits, not all zero
 * @param spanId 16 lower-case hex digits, not all zero: this service's part of the trace
 * @param flags 2 lower-case hex digits; bit 0 is "sampled"
 */
public record TraceContext(String traceId, String spanId, String flags) {

  static final String MDC_KEY = "trace_id";
  static final String MDC_PARENT_KEY = "traceparent";

  private static final Pattern VERSION_00 =
      Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
  private static final int MAX_HEADER_LENGTH = 512;

  /** The trace id of the current request, or a dash outside one. */
  public static String currentTraceId() {
    String id = MDC.get(MDC_KEY);
    return id == null ? "-" : id;
  }

  /** The header value that continues the current request's trace elsewhere; empty outside one. */
  public static Optional<String> currentTraceparent() {
    return Optional.ofNullable(MDC.get(MDC_PARENT_KEY));
  }

  /**
   * Continues the trace of an inbound {@code traceparent} header, or starts a new one when the
   * header is absent or breaks the specification (W3C Trace Context, section 3.2).
   */
  static TraceContext continueFrom(@Nullable String traceparent) {
    if (traceparent != null && traceparent.length() <= MAX_HEADER_LENGTH) {
      var match = VERSION_00.matcher(traceparent);
      if (match.matches() && valid(match.group(1), match.group(5))) {
        String traceId = match.group(2);
        if (!isZero(traceId) && !isZero(match.group(3))) {
          return new TraceContext(traceId, hex(16), match.group(4));
        }
      }
    }
    return new TraceContext(hex(32), hex(16), "01");
  }

  /** The header value that continues this trace elsewhere. */
  public String traceparent() {
    return "00-" + traceId + "-" + spanId + "-" + flags;
  }

  // Version ff is forbidden; version 00 ends after the flags, later ones may go on.
  private static boolean valid(String version, @Nullable String rest) {
    return !version.equals("ff") && (rest == null || !version.equals("00"));
  }

  private static boolean isZero(String hex) {
    return hex.chars().allMatch(c -> c == '0');
  }

  private static String hex(int digits) {
    StringBuilder text = new StringBuilder(digits);
    var random = ThreadLocalRandom.current();
    while (text.length() < digits) {
      // | 1 keeps the id from being all zero.
      text.append(HexFormat.of().toHexDigits(random.nextLong() | 1));
    }
    return text.substring(0, digits);
  }
}
