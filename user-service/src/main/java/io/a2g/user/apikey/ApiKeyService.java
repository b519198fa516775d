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
import io.a2g.common.web.EntityTags;
import io.a2g.user.account.SignOut;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Issues, lists, changes and revokes API keys. */
@Service
public class ApiKeyService {

  private static final String API_KEY = "api_key";

  private final ApiKeyRows keys;
  private final ReferenceVerifier references;
  private final SignOut signOut;
  private final AuditLog audit;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ApiKeyService(
      ApiKeyRows keys,
      ReferenceVerifier references,
      SignOut signOut,
      AuditLog audit,
      TransactionTemplate transaction,
      Clock clock) {
    this.keys = keys;
    this.references = references;
    this.signOut = signOut;
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Issues a key; it cannot be read again.
   *
   * @param userId whose key; null: the caller's
   * @param settings without an expiry, it ends with the caller's own key
   * @param scopes what it may be used for; null: what the caller's own key may
   * @throws ProblemException 403 when the caller's own key is narrower than the new one or ends
   *     before it, or the caller has an access token
   */
  @Transactional
  public ApiKeyView issue(
      Caller caller, @Nullable Long userId, ApiKeySettings settings, @Nullable Scopes scopes) {
    long owner = caller.ownerOf("user_id", userId);
    requireFuture(settings.expiresAt());
    Scopes granted = scopes == null ? caller.scopes() : scopes;
    if (!caller.scopes().cover(granted)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "scopes: a key cannot have more than the credential that asks.");
    }
    Instant latestEnd = endOf(caller);
    ApiKeySettings wanted =
        settings.expiresAt() == null ? settings.expiringAt(latestEnd) : settings;
    requireEndBy(latestEnd, wanted.expiresAt());
    return store(owner, wanted, ApiKey.generate(), granted);
  }

  /** Stores a key that was drawn elsewhere. */
  @Transactional
  public ApiKeyView store(long userId, ApiKeySettings settings, ApiKey key, Scopes scopes) {
    // The foreign key would accept a deleted user; the pin does not.
    references.pin(ReferenceTarget.USER.pin("user_id", userId));
    ApiKeyRow stored = keys.saveAndFlush(new ApiKeyRow(userId, settings, key, scopes));
    audit.record("api_key.issued", API_KEY, stored.id(), null, stored.snapshot());
    return stored.view(key);
  }

  /** One key of the caller, or any for administrators. */
  public ApiKeyView get(Caller caller, long id) {
    return found(id, keys.findVisible(id, caller.userId(), caller.isAdmin())).view(null);
  }

  /** Keys of one user, newest first; of the caller when {@code userId} is null. */
  public List<ApiKeyView> list(Caller caller, @Nullable Long userId, long before, int limit) {
    return keys.list(caller.ownerOf("user_id", userId), before, Limit.of(limit)).stream()
        .map(key -> key.view(null))
        .toList();
  }

  /**
   * Changes name, description and expiry.
   *
   * @param ifMatch see {@link EntityTags#requireMatch}
   * @param edit computes the new values from the current ones, under the row's lock
   * @throws ProblemException 409 when the key is no longer in force; 403 when the caller's own
   *     credential is narrower, or is to prolong what it does not itself outlive
   */
  @Transactional
  public ApiKeyView update(
      Caller caller, long id, @Nullable String ifMatch, UnaryOperator<ApiKeySettings> edit) {
    ApiKeyRow key = lockInForce(caller, id);
    EntityTags.requireMatch(ifMatch, key.version());
    ApiKeySettings wanted = edit.apply(key.settings());
    requireFuture(wanted.expiresAt());
    if (isLater(wanted.expiresAt(), key.settings().expiresAt())) {
      requireEndBy(endOf(caller), wanted.expiresAt());
    }
    return change("api_key.updated", key, changed -> changed.update(wanted)).view(null);
  }

  /** Stops a key for good; a second time changes nothing. Whoever changes it meanwhile waits. */
  @Transactional
  public void revoke(Caller caller, long id) {
    change("api_key.revoked", lock(caller, id), key -> key.revoke(clock.instant()));
  }

  /**
   * Revokes those of these texts that are keys of this platform, whose possession entitles to it,
   * and signs their owners out everywhere. A text that cannot be one, by its form or its checksum,
   * costs no query.
   */
  public void revokeLeaked(Collection<String> texts) {
    List<byte[]> hashes =
        texts.stream()
            .map(ApiKey::parse)
            .flatMap(Optional::stream)
            .distinct()
            .map(ApiKey::sha256)
            .toList();
    if (!hashes.isEmpty()) {
      transaction.executeWithoutResult(status -> {
        List<ApiKeyRow> found = keys.findUnrevokedForUpdate(hashes);
        found.forEach(
            key -> change("api_key.leaked", key, leaked -> leaked.revoke(clock.instant())));
        // In one order, so that two reports of the same people do not wait for each other.
        found.stream().map(ApiKeyRow::userId).distinct().sorted().forEach(signOut::afterLeak);
      });
    }
  }

  /**
   * Locks a key that the caller may change.
   *
   * @throws ProblemException 409 when it is no longer in force; 403 when the caller's own
   *     credential is narrower
   */
  ApiKeyRow lockInForce(Caller caller, long id) {
    ApiKeyRow key = lock(caller, id);
    if (!key.isInForce(clock.instant())) {
      throw new ProblemException(
          ProblemType.CONFLICT, "It is revoked or has expired; issue a new one.");
    }
    if (!caller.scopes().cover(key.scopes())) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "The credential that asks has not all scopes of this key.");
    }
    return key;
  }

  /**
   * When the caller's key ends, which nothing that it issues or prolongs outlives; null: never. It
   * is read anew: a caller who was recognised is remembered for a while.
   *
   * @throws ProblemException 403 when the caller has an access token, which is one of a grant that
   *     can be taken back at any time, or the key has ended
   */
  @Nullable Instant endOf(Caller caller) {
    return Optional.ofNullable(caller.apiKeyId())
        .flatMap(id -> keys.findVisible(id, caller.userId(), false))
        .filter(own -> own.isInForce(clock.instant()))
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.FORBIDDEN,
                "Keys are issued and prolonged with an API key in force, not with an access token."))
        .settings()
        .expiresAt();
  }

  /** True when the first end comes after the second; null: never. */
  static boolean isLater(@Nullable Instant end, @Nullable Instant other) {
    return other != null && (end == null || end.isAfter(other));
  }

  private static void requireEndBy(@Nullable Instant latestEnd, @Nullable Instant end) {
    if (isLater(end, latestEnd)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "expires_at: a key cannot outlive the one that asks for it.");
    }
  }

  /** Changes, stores and records. */
  ApiKeyRow change(String action, ApiKeyRow key, Consumer<ApiKeyRow> change) {
    ApiKeyRow.Snapshot before = key.snapshot();
    change.accept(key);
    ApiKeyRow stored = keys.saveAndFlush(key);
    audit.record(action, API_KEY, stored.id(), before, stored.snapshot());
    return stored;
  }

  private ApiKeyRow lock(Caller caller, long id) {
    return found(id, keys.findVisibleForUpdate(id, caller.userId(), caller.isAdmin()));
  }

  private static ApiKeyRow found(long id, Optional<ApiKeyRow> key) {
    return key.orElseThrow(() -> new ResourceNotFound("API key", id));
  }

  private void requireFuture(@Nullable Instant expiresAt) {
    if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
      throw new InvalidRequest("expires_at", "future", "must be in the future");
    }
  }
}
