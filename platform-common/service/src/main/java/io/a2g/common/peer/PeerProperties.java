package io.a2g.common.peer;

import io.a2g.common.topology.PlatformSchema;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the other schemas are ({@code platform.peers}). A service's own entry is ignored, so that
 * one file of settings serves all five.
 *
 * @param tokenUrl the issuer's token endpoint, asked for this service's own access tokens
 * @param clientSecret of the OAuth client that has this service's name; empty: none
 * @param connectTimeout how long a connection may take
 * @param answerTimeout how long one answer may take
 */
@ConfigurationProperties("platform.peers")
record PeerProperties(
    Peer users,
    Peer agents,
    Peer chat,
    Peer tracing,
    URI tokenUrl,
    String clientSecret,
    Duration connectTimeout,
    Duration answerTimeout) {

  /**
   * One schema.
   *
   * @param mode how it is reached
   * @param url of its service, such as {@code http://127.0.0.1:8001}; empty in mode database
   */
  record Peer(Mode mode, String url) {}

  /** How a schema is reached. */
  enum Mode {
    /** By the functions it publishes, in the database of this service. */
    DATABASE,
    /** By the internal endpoints of its service. */
    HTTP
  }

  PeerProperties {
    clientSecret = clientSecret.strip();
    if (!connectTimeout.isPositive() || !answerTimeout.isPositive()) {
      throw new IllegalArgumentException("platform.peers: time-outs must be positive");
    }
  }

  /** The settings of a schema; nobody asks anything of the admin schema. */
  Peer of(PlatformSchema schema) {
    return switch (schema) {
      case USERS -> users;
      case AGENTS -> agents;
      case CHAT -> chat;
      case TRACING -> tracing;
      case ADMIN -> new Peer(Mode.DATABASE, "");
    };
  }

  /** Without the secret: records print their components. */
  @Override
  public String toString() {
    return "PeerProperties[users=%s, agents=%s, chat=%s, tracing=%s]"
        .formatted(users, agents, chat, tracing);
  }
}
