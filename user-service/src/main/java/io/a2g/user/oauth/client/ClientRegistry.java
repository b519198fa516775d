package io.a2g.user.oauth.client;

import io.a2g.common.audit.AuditLog;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.error.ResourceNotFound;
import io.a2g.user.oauth.OpaqueToken;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Registers clients; administrators alone do. */
@Service
@PreAuthorize("hasRole('ADMIN')")
public class ClientRegistry {

  private static final String CLIENT = "oauth_client";

  private final OAuthClients clients;
  private final AuditLog audit;

  ClientRegistry(OAuthClients clients, AuditLog audit) {
    this.clients = clients;
    this.audit = audit;
  }

  /**
   * Registers a client; its secret cannot be read again.
   *
   * @param confidential whether it gets a secret
   */
  @Transactional
  public IssuedClient register(ClientDraft draft, boolean confidential) {
    draft.require(confidential);
    @Nullable OpaqueToken secret = confidential ? OpaqueToken.generate() : null;
    OAuthClient client = get(clients.insert(draft, secret == null ? null : secret.sha256()));
    audit.record("oauth_client.registered", CLIENT, client.id(), null, client);
    return new IssuedClient(client, secret);
  }

  /** One client. */
  public OAuthClient get(long id) {
    return clients
        .find(id)
        .map(OAuthClients.Row::client)
        .orElseThrow(() -> new ResourceNotFound("OAuth client", id));
  }

  /** Clients in the order of their ids. */
  public List<OAuthClient> list(long after, int limit) {
    return clients.list(after, limit);
  }

  /** Draws a new secret; the old one is refused from now on. */
  @Transactional
  public IssuedClient rotateSecret(long id) {
    OAuthClient before = get(id);
    if (before.isPublic()) {
      throw new ProblemException(ProblemType.CONFLICT, "A public client has no secret.");
    }
    OpaqueToken secret = OpaqueToken.generate();
    clients.changeSecret(id, secret.sha256());
    OAuthClient after = get(id);
    audit.record("oauth_client.secret_rotated", CLIENT, id, before, after);
    return new IssuedClient(after, secret);
  }

  /** Removes a client with all its grants; its tokens are refused everywhere within 30 seconds. */
  @Transactional
  public void delete(long id) {
    OAuthClient gone = get(id);
    clients.delete(id);
    audit.record("oauth_client.deleted", CLIENT, id, gone, null);
  }
}
