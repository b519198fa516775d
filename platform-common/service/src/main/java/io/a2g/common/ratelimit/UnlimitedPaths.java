package io.a2g.common.ratelimit;

import java.util.List;

/**
 * What is asked by probes, by people who read the documentation, and by the platform's own
 * services: it must answer whatever else is going on.
 */
final class UnlimitedPaths {

  private static final List<String> PREFIXES =
      List.of("/actuator", "/internal/", "/v3/api-docs", "/swagger-ui", "/error");

  private UnlimitedPaths() {}

  /** What is asked by probes alone. */
  static boolean isProbe(String path) {
    return path.startsWith("/actuator");
  }

  static boolean contains(String path) {
    for (String prefix : PREFIXES) {
      if (path.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
