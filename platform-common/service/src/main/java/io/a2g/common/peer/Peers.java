package io.a2g.common.peer;

import io.a2g.common.peer.PeerProperties.Mode;
import io.a2g.common.peer.PeerProperties.Peer;
import io.a2g.common.topology.PlatformSchema;
import java.net.URI;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** How each other schema is reached from this service. */
public final class Peers {

  private final Set<PlatformSchema> remote = EnumSet.noneOf(PlatformSchema.class);
  private final Map<PlatformSchema, PeerClient> clients = new EnumMap<>(PlatformSchema.class);

  /**
   * @throws InvalidPeerSettings when a schema is to be reached over HTTP and the URL or the
   *     credential is missing
   */
  Peers(
      PeerProperties settings,
      PlatformSchema own,
      ServiceCredential credential,
      PeerHttp http,
      JsonMapper json) {
    for (PlatformSchema schema : PlatformSchema.values()) {
      Peer peer = settings.of(schema);
      if (schema == own || (peer.mode() == Mode.DATABASE && peer.url().isBlank())) {
        continue;
      }
      URI base = requireUrl(schema, peer);
      requireCredential(schema, own, credential);
      clients.put(
          schema,
          new PeerClient(schema, base, http.client(), json, credential, settings.answerTimeout()));
      if (peer.mode() == Mode.HTTP) {
        remote.add(schema);
      }
    }
  }

  /** Whether this schema is in another database, so that its service has to be asked. */
  public boolean isRemote(PlatformSchema schema) {
    return remote.contains(schema);
  }

  /**
   * Calls the service of this schema. It is there in mode http, and in mode database where a URL is
   * set: what began before the mode was changed can then be finished.
   */
  public Optional<PeerClient> client(PlatformSchema schema) {
    return Optional.ofNullable(clients.get(schema));
  }

  /** As {@link #client}, for who knows that the schema is remote. */
  public PeerClient remote(PlatformSchema schema) {
    return client(schema)
        .orElseThrow(() -> new IllegalStateException(schema.schemaName() + " is not remote"));
  }

  private static URI requireUrl(PlatformSchema schema, Peer peer) {
    URI url = PeerClient.parse(peer.url());
    if (url == null) {
      throw new InvalidPeerSettings(
          "The schema %1$s is to be reached over HTTP, so A2G_%2$s_URL must be the http or https address of %3$s."
              .formatted(schema.schemaName(), schema.name(), schema.serviceName()));
    }
    return url;
  }

  private static void requireCredential(
      PlatformSchema schema, PlatformSchema own, ServiceCredential credential) {
    if (!credential.isPresent()) {
      throw new InvalidPeerSettings(
          "The schema %s is to be reached over HTTP, so A2G_CLIENT_SECRET or A2G_CLIENT_SECRET_FILE must be set, the secret of the OAuth client %s."
              .formatted(schema.schemaName(), own.serviceName()));
    }
  }
}
