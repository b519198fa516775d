package io.a2g.common.peer;

import io.a2g.common.topology.PlatformSchema;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the other schemas are ({@code platform.peers}).
 *
 * @param urls of the services whose schemas are in another database than this service's, such as
 *     {@code http://127.0.0.1:8001}; empty or missing: in the same one. A service's own entry is
 *     ignored, so that one file of settings serves all.
 * @param tokenUrl the issuer's token endpoint, asked for this service's own access tokens
 * @param clientSecret of the OAuth client that has this service's name; empty: none
 * @param connectTimeout how long a connection may take
 * @param answerTimeout how long one answer may take
 */
@ConfigurationProperties("platform.peers")
record PeerProperties(
    Map<PlatformSchema, String> urls,
    URI tokenUrl,
    String clientSecret,
    Duration connectTimeout,
    Duration answerTimeout) {

  PeerProperties {
    clientSecret = clientSecret.strip();
    if (!connectTimeout.isPositive() || !answerTimeout.isPositive()) {
      throw new IllegalArgumentException("platform.peers: time-outs must be positive");
    }
  }

  /** The URL of a schema's service; empty when the schema is in this service's database. */
  String url(PlatformSchema schema) {
    return urls.getOrDefault(schema, "").strip();
  }

  /** Without the secret: records print their components. */
  @Override
  public String toString() {
    return "PeerProperties[urls=%s]".formatted(urls);
  }
}
