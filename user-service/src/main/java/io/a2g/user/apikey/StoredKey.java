package io.a2g.user.apikey;

import io.a2g.common.persistence.Versioned;
import io.a2g.common.security.ApiKey;
import io.a2g.common.security.Scopes;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept of an API key: everything but the key. */
@Entity
@Table(name = "api_keys", schema = "users")
public class StoredKey extends Versioned {

  private long userId;
  private String name;

  @SuppressWarnings("UnusedVariable") // read by users.caller_of_key
  private byte[] keyHash;

  private String lastFour;

  @Column(columnDefinition = "text[]")
  private String @Nullable [] scopes;

  private @Nullable Instant expiresAt;
  private @Nullable Instant revokedAt;
  private @Nullable Long replacedBy;

  // Written by users.caller_of_key alone.
  @Column(insertable = false, updatable = false)
  private @Nullable Instant lastUsedAt;

  /** For JPA. */
  protected StoredKey() {}

  StoredKey(long userId, String name, ApiKey key, Scopes scopes, @Nullable Instant expiresAt) {
    this.userId = userId;
    this.name = name;
    this.keyHash = key.sha256();
    this.lastFour = key.lastFour();
    List<String> tokens = scopes.tokens();
    this.scopes = tokens == null ? null : tokens.toArray(String[]::new);
    this.expiresAt = expiresAt;
  }

  void update(KeyEdit edit) {
    name = edit.name();
    expiresAt = edit.expiresAt();
  }

  void replaceBy(long keyId, Instant latestEnd) {
    replacedBy = keyId;
    if (expiresAt == null || expiresAt.isAfter(latestEnd)) {
      expiresAt = latestEnd;
    }
  }

  void revoke(Instant now) {
    if (revokedAt == null) {
      revokedAt = now;
    }
  }

  /** Whose key it is. */
  public long userId() {
    return userId;
  }

  /** What its owner calls it. */
  public String name() {
    return name;
  }

  /** The key as lists show it. */
  public String masked() {
    return "a2g_…" + lastFour;
  }

  /** What it may be used for. */
  public Scopes scopes() {
    return Scopes.parse(scopes == null ? null : List.of(scopes));
  }

  /** When it stops working; null: never. */
  public @Nullable Instant expiresAt() {
    return expiresAt;
  }

  /** Since when it is refused; null while it is in force. */
  public @Nullable Instant revokedAt() {
    return revokedAt;
  }

  /** True when it is accepted, as far as its owner is. */
  boolean isInForce(Instant now) {
    return revokedAt == null && (expiresAt == null || expiresAt.isAfter(now));
  }

  /** Id of the key that replaces it; null: none does. */
  public @Nullable Long replacedBy() {
    return replacedBy;
  }

  /** Last use, at most a minute late; null before the first. */
  public @Nullable Instant lastUsedAt() {
    return lastUsedAt;
  }
}
