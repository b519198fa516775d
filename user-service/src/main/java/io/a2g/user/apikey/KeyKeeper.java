package io.a2g.user.apikey;

import io.a2g.common.audit.AuditLog;
import io.a2g.common.error.InvalidRequest;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.json.StorableTime;
import io.a2g.common.security.ApiKey;
import io.a2g.common.security.Caller;
import io.a2g.common.web.EntityTags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes keys that are in force, and replaces them by new ones. */
@Service
public class KeyKeeper {

  private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

  private final StoredKeys keys;
  private final KeyIssuer issuer;
  private final AuditLog audit;
  private final Clock clock;

  KeyKeeper(StoredKeys keys, KeyIssuer issuer, AuditLog audit, Clock clock) {
    this.keys = keys;
    this.issuer = issuer;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Changes name and expiry.
   *
   * @param ifMatch see {@link EntityTags#requireMatch}
   * @param edit computes the new values from the current ones, under the row's lock
   * @throws ProblemException 409 when the key is no longer in force; 403 when the caller's own
   *     credential is narrower
   */
  @Transactional
  public StoredKey update(
      Caller caller, long id, @Nullable String ifMatch, Function<StoredKey, KeyEdit> edit) {
    StoredKey key = inForce(caller, id);
    EntityTags.requireMatch(ifMatch, key.version());
    KeyEdit wanted = edit.apply(key);
    Instant expiresAt = wanted.expiresAt();
    if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
      throw new InvalidRequest("expires_at", "future", "must be in the future");
    }
    return change("api_key.updated", key, changed -> changed.update(wanted));
  }

  /**
   * Issues a key of the same name, scopes, owner and length of life; the old one stops working
   * after the overlap, if it does not stop before.
   *
   * @param overlap how long both work, up to 30 days
   * @throws ProblemException 409 when the key is no longer in force or was replaced already; 403
   *     when the caller's own credential is narrower
   */
  @Transactional
  public IssuedKey rotate(Caller caller, long id, Duration overlap) {
    if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
      throw new InvalidRequest("overlap", "range", "must be from PT0S to P30D");
    }
    StoredKey old = inForce(caller, id);
    if (old.replacedBy() != null) {
      throw conflict("It was replaced already; replace the new one.");
    }
    // What the database keeps, so that the answer and every later one agree.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    IssuedKey issued =
        issuer.store(
            old.userId(), old.name(), ApiKey.generate(), old.scopes(), successorExpiry(old, now));
    change(
        "api_key.rotated",
        old,
        replaced -> replaced.replaceBy(issued.stored().id(), now.plus(overlap)));
    return issued;
  }

  private static @Nullable Instant successorExpiry(StoredKey old, Instant now) {
    Instant expiresAt = old.expiresAt();
    if (expiresAt == null) {
      return null;
    }
    Instant later = now.plus(Duration.between(old.createdAt(), expiresAt));
    return StorableTime.isStorable(later) ? later : expiresAt;
  }

  private StoredKey inForce(Caller caller, long id) {
    StoredKey key =
        keys.findVisibleForUpdate(id, caller.userId(), caller.isAdmin())
            .orElseThrow(() -> new ResourceNotFound("API key", id));
    if (!key.isInForce(clock.instant())) {
      throw conflict("It is revoked or has expired; issue a new one.");
    }
    if (!caller.scopes().cover(key.scopes())) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "The credential that asks has not all scopes of this key.");
    }
    return key;
  }

  private StoredKey change(String action, StoredKey key, Consumer<StoredKey> change) {
    KeyState before = KeyState.of(key);
    change.accept(key);
    StoredKey stored = keys.saveAndFlush(key);
    audit.record(action, KeyIssuer.API_KEY, stored.id(), before, KeyState.of(stored));
    return stored;
  }

  private static ProblemException conflict(String detail) {
    return new ProblemException(ProblemType.CONFLICT, detail);
  }
}
