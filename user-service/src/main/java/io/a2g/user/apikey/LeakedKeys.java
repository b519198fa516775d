package io.a2g.user.apikey;

import io.a2g.common.audit.AuditLog;
import io.a2g.common.security.ApiKey;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Ends keys that somebody found where they should not be. Who has a key may end it. */
@Service
public class LeakedKeys {

  private final StoredKeys keys;
  private final AuditLog audit;
  private final TransactionTemplate transaction;
  private final Clock clock;

  LeakedKeys(StoredKeys keys, AuditLog audit, TransactionTemplate transaction, Clock clock) {
    this.keys = keys;
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Revokes those of these texts that are keys of ours. What cannot be one, by its form or its
   * checksum, costs no query.
   */
  public void revoke(Collection<String> texts) {
    List<byte[]> hashes =
        texts.stream()
            .map(ApiKey::parse)
            .flatMap(Optional::stream)
            .distinct()
            .map(ApiKey::sha256)
            .toList();
    if (!hashes.isEmpty()) {
      transaction.executeWithoutResult(
          status -> keys.findUnrevokedForUpdate(hashes).forEach(this::revoke));
    }
  }

  private void revoke(StoredKey key) {
    KeyState before = KeyState.of(key);
    key.revoke(clock.instant());
    keys.saveAndFlush(key);
    audit.record("api_key.leaked", KeyIssuer.API_KEY, key.id(), before, KeyState.of(key));
  }
}
