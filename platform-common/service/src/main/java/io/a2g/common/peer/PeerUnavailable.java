package io.a2g.common.peer;

import io.a2g.common.error.RetryLater;
import io.a2g.common.topology.PlatformSchema;
import java.time.Duration;

/** Another service did not answer, so what depends on its word was not done; 503. */
public class PeerUnavailable extends RetryLater {

  private static final Duration PAUSE = Duration.ofSeconds(2);

  PeerUnavailable(PlatformSchema peer) {
    super("%s cannot answer now; nothing was stored.".formatted(peer.serviceName()), PAUSE);
  }
}
