package io.a2g.common.peer;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How this service calls others ({@code platform.peers}). Which schemas are in another database say
 * the variables {@code A2G_<SCHEMA>_URL}.
 *
 * @param tokenUrl the issuer's token endpoint, asked for this service's own access tokens
 * @param clientSecret of the OAuth client that has this service's name; empty: none
 * @param connectTimeout how long a connection may take
 * @param answerTimeout how long one answer may take
 */
@ConfigurationProperties("platform.peers")
record PeerProperties(
    URI tokenUrl, String clientSecret, Duration connectTimeout, Duration answerTimeout) {

  PeerProperties {
    clientSecret = clientSecret.strip();
    if (!connectTimeout.isPositive() || !answerTimeout.isPositive()) {
      throw new IllegalArgumentException("platform.peers: time-outs must be positive");
    }
  }

  /** Without the secret: records print their components. */
  @Override
  public String toString() {
    return "PeerProperties[tokenUrl=%s]".formatted(tokenUrl);
  }
}
