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
          // No bare line feeds: proxies may see another request in them.
          .forEach(http -> http.getHttpConfiguration().setHttpCompliance(HttpCompliance.STRICT));
    }
  }
}
