package io.a2g.common.peer;

import io.a2g.common.topology.PlatformSchema;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/** How each other schema is reached from this service. */
public final class Peers {

  private final Map<PlatformSchema, PeerClient> clients = new HashMap<>();

  /**
   * @param variables {@code A2G_<SCHEMA>_URL} → URL of the schema's service, where it is in another
   *     database than this service's; empty: in the same one. A service's own is ignored, so that
   *     one file of settings serves all.
   * @throws InvalidPeerSettings when a URL is none, or the credential for calls is missing
   */
  Peers(
      UnaryOperator<String> variables,
      PeerProperties settings,
      PlatformSchema own,
      ServiceCredential credential,
      PeerHttp http,
      JsonMapper json) {
    for (PlatformSchema schema : PlatformSchema.values()) {
      String url = variables.apply(schema.urlVariable()).strip();
      if (schema == own || url.isEmpty()) {
        continue;
      }
      URI base = requireUrl(schema, url);
      requireCredential(schema, own, credential);
      clients.put(
          schema,
          new PeerClient(schema, base, http.client(), json, credential, settings.answerTimeout()));
    }
  }

  /** Whether this schema is in another database, so that its service has to be asked. */
  public boolean isRemote(PlatformSchema schema) {
    return clients.containsKey(schema);
  }

  /** Calls the service of this schema; empty when the schema is in the database of this service. */
  public Optional<PeerClient> client(PlatformSchema schema) {
    return Optional.ofNullable(clients.get(schema));
  }

  /** As {@link #client}, for callers that know that the schema is remote. */
  public PeerClient remote(PlatformSchema schema) {
    return client(schema)
        .orElseThrow(() -> new IllegalStateException(schema.schemaName() + " is not remote"));
  }

  private static URI requireUrl(PlatformSchema schema, String text) {
    URI url = PeerClient.parse(text);
    if (url == null) {
      throw new InvalidPeerSettings(
          "%s must be the http or https address of %s, or empty when the schema %s is in the database of this service."
              .formatted(schema.urlVariable(), schema.serviceName(), schema.schemaName()));
    }
    return url;
  }

  private static void requireCredential(
      PlatformSchema schema, PlatformSchema own, ServiceCredential credential) {
    if (!credential.isPresent()) {
      throw new InvalidPeerSettings(
          "%s is set, so A2G_CLIENT_SECRET or A2G_CLIENT_SECRET_FILE must be set, the secret of the OAuth client %s."
              .formatted(schema.urlVariable(), own.serviceName()));
    }
  }
}
