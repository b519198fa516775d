package io.a2g.common.web.limit;

import org.eclipse.jetty.server.Server;
import org.springframework.boot.jetty.JettyServerCustomizer;
import org.springframework.util.unit.DataSize;

/**
 * Ends requests whose body comes so slowly that the caller only means to hold on to a turn. It sits
 * in the server, because uploads are read past any filter. Jetty's own setting for this is not used
 * by anything in 12.1.
 */
public class SlowBodyGuard implements JettyServerCustomizer {

  private final DataSize leastPerSecond;

  /**
   * @param leastPerSecond bytes a second on average; 0: any rate
   */
  public SlowBodyGuard(DataSize leastPerSecond) {
    this.leastPerSecond = leastPerSecond;
  }

  @Override
  public void customize(Server server) {
    server.setHandler(new TimedBodyHandler(server.getHandler(), leastPerSecond.toBytes()));
  }
}
