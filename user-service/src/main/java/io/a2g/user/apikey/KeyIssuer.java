package io.a2g.user.apikey;

import io.a2g.common.audit.AuditLog;
import io.a2g.common.error.InvalidRequest;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.reference.ReferenceVerifier;
import io.a2g.common.security.ApiKey;
import io.a2g.common.security.Caller;
import io.a2g.common.security.Scopes;
import io.a2g.common.topology.ReferenceTarget;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Issues, lists and revokes API keys. */
@Service
public class KeyIssuer {

  /** What the audit calls a key. */
  static final String API_KEY = "api_key";

  private final StoredKeys keys;
  private final ReferenceVerifier references;
  private final AuditLog audit;
  private final Clock clock;

  KeyIssuer(StoredKeys keys, ReferenceVerifier references, AuditLog audit, Clock clock) {
    this.keys = keys;
    this.references = references;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Issues a key; it cannot be read again.
   *
   * @param userId whose key; null: the caller's
   * @param scopes what it may be used for; null: what the caller's own credential may
   * @param expiresAt when it stops working; null: never
   * @throws ProblemException 403 when the caller's own credential is narrower than the new one
   */
  @Transactional
  public IssuedKey issue(
      Caller caller,
      @Nullable Long userId,
      String name,
      @Nullable Scopes scopes,
      @Nullable Instant expiresAt) {
    long owner = caller.ownerOf("user_id", userId);
    if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
      throw new InvalidRequest("expires_at", "future", "must be in the future");
    }
    Scopes granted = scopes == null ? caller.scopes() : scopes;
    if (!caller.scopes().cover(granted)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "scopes: a key cannot have more than the credential that asks.");
    }
    return store(owner, name, ApiKey.generate(), granted, expiresAt);
  }

  /** Stores a key that was drawn elsewhere. */
  @Transactional
  public IssuedKey store(
      long userId, String name, ApiKey key, Scopes scopes, @Nullable Instant expiresAt) {
    // The foreign key would accept a deleted user; the pin does not.
    references.pin(ReferenceTarget.USER.pin("user_id", userId));
    StoredKey stored = keys.saveAndFlush(new StoredKey(userId, name, key, scopes, expiresAt));
    audit.record("api_key.issued", API_KEY, stored.id(), null, KeyState.of(stored));
    return new IssuedKey(stored, key);
  }

  /** One key of the caller, or any for administrators. */
  public StoredKey get(Caller caller, long id) {
    return keys.findVisible(id, caller.userId(), caller.isAdmin())
        .orElseThrow(() -> new ResourceNotFound("API key", id));
  }

  /** Keys of one user, newest first; of the caller when {@code userId} is null. */
  public List<StoredKey> list(Caller caller, @Nullable Long userId, long before, int limit) {
    return keys.list(caller.ownerOf("user_id", userId), before, Limit.of(limit));
  }

  /** Stops a key for good; a second time changes nothing. */
  @Transactional
  public void revoke(Caller caller, long id) {
    StoredKey key = get(caller, id);
    KeyState before = KeyState.of(key);
    key.revoke(clock.instant());
    keys.saveAndFlush(key);
    audit.record("api_key.revoked", API_KEY, id, before, KeyState.of(key));
  }
}
