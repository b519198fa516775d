package io.a2g.user.apikey;

import io.a2g.common.error.InvalidRequest;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.json.StorableTime;
import io.a2g.common.security.ApiKey;
import io.a2g.common.security.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Replaces API keys by new ones, while both work. */
@Service
public class ApiKeyRotation {

  private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

  private final ApiKeyService keys;
  private final Clock clock;

  ApiKeyRotation(ApiKeyService keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Issues a key of the same name, description, scopes, owner and length of life, though none that
   * outlives the caller's own; the old one stops working after the overlap, if it does not stop
   * before.
   *
   * @param overlap how long both work, up to 30 days
   * @throws ProblemException 409 when the key is no longer in force or was replaced already; 403
   *     when the caller's own credential is narrower, or an access token
   */
  @Transactional
  public ApiKeyView rotate(Caller caller, long id, Duration overlap) {
    if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
      throw new InvalidRequest("overlap", "range", "must be from PT0S to P30D");
    }
    ApiKeyRow old = keys.lockInForce(caller, id);
    if (old.isReplaced()) {
      throw new ProblemException(
          ProblemType.CONFLICT, "It was replaced already; replace the new one.");
    }
    // What the database keeps, so that the answer and every later one agree.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    ApiKeySettings known = old.settings();
    Instant end = successorExpiry(old.createdAt(), known.expiresAt(), now);
    Instant latestEnd = keys.endOf(caller);
    ApiKeySettings settings =
        known.expiringAt(ApiKeyService.isLater(end, latestEnd) ? latestEnd : end);
    ApiKeyView issued = keys.store(old.userId(), settings, ApiKey.generate(), old.scopes());
    keys.change(
        "api_key.rotated", old, replaced -> replaced.replaceBy(issued.id(), now.plus(overlap)));
    return issued;
  }

  private static @Nullable Instant successorExpiry(
      Instant createdAt, @Nullable Instant expiresAt, Instant now) {
    if (expiresAt == null) {
      return null;
    }
    Instant later = now.plus(Duration.between(createdAt, expiresAt));
    return StorableTime.isStorable(later) ? later : expiresAt;
  }
}
