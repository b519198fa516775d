package io.a2g.common.web.limit;

import java.time.Duration;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.springframework.boot.jetty.JettyServerCustomizer;

/**
 * What the server bounds before any filter: bodies ({@link LimitHandler}) and the ways to write a
 * request. Jetty's own setting for the pace of bodies is not used by anything in 12.1.
 */
public class ServerLimits implements JettyServerCustomizer {

  // Jetty's 1 s would cut bodies that are still coming when the service begins to stop.
  private static final Duration IDLE_WHILE_STOPPING = Duration.ofSeconds(10);

  private final LimitProperties limits;

  /** Bounds by these limits. */
  public ServerLimits(LimitProperties limits) {
    this.limits = limits;
  }

  @Override
  public void customize(Server server) {
    server.setHandler(new LimitHandler(server.getHandler(), limits));
    for (Connector connector : server.getConnectors()) {
      if (connector instanceof AbstractConnector stopping) {
        stopping.setShutdownIdleTimeout(IDLE_WHILE_STOPPING.toMillis());
      }
      connector.getConnectionFactories().stream()
          .filter(HttpConfiguration.ConnectionFactory.class::isInstance)
          .map(HttpConfiguration.ConnectionFactory.class::cast)
          .map(HttpConfiguration.ConnectionFactory::getHttpConfiguration)
          .forEach(ServerLimits::readStrictly);
    }
  }

  private static void readStrictly(HttpConfiguration http) {
    // No bare line feeds: proxies may see another request in them.
    http.setHttpCompliance(HttpCompliance.STRICT);
    // Else Jetty reads a key or a token as the one that differs from it in case alone and was sent
    // before over the same connection: a wrong one passes, or a valid one is refused.
    http.setHeaderCacheCaseSensitive(true);
  }
}
