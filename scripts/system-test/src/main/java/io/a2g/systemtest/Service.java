package io.a2g.systemtest;

import java.util.Locale;

/** The services by name, with the variables and ports of scripts/up.sh. */
public enum Service {
  USER(8001),
  AGENT(8002),
  CHAT(8003),
  TRACING(8004),
  ADMIN(8005);

  private final int defaultPort;

  Service(int defaultPort) {
    this.defaultPort = defaultPort;
  }

  /** The service's name: user-service. */
  public String label() {
    return name().toLowerCase(Locale.ROOT) + "-service";
  }

  /** What its variables begin with: USER_SERVICE_. */
  String prefix() {
    return name() + "_SERVICE_";
  }

  int defaultPort() {
    return defaultPort;
  }
}
