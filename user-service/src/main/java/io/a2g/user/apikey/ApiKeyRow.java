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

/** An API key as it is stored: everything but the secret. */
@Entity
@Table(name = "api_keys", schema = "users")
class ApiKeyRow extends Versioned {

  private long userId;
  private String name;
  private @Nullable String description;

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
  protected ApiKeyRow() {}

  /** A key as the audit records it. */
  record Snapshot(
      long userId,
      String name,
      @Nullable String description,
      String key,
      @Nullable List<String> scopes,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt,
      @Nullable Long replacedBy) {}

  ApiKeyRow(long userId, ApiKeySettings settings, ApiKey key, Scopes scopes) {
    this.userId = userId;
    this.keyHash = key.sha256();
    this.lastFour = key.lastFour();
    List<String> tokens = scopes.tokens();
    this.scopes = tokens == null ? null : tokens.toArray(String[]::new);
    update(settings);
  }

  Snapshot snapshot() {
    return new Snapshot(
        userId, name, description, masked(), scopes().tokens(), expiresAt, revokedAt, replacedBy);
  }

  final void update(ApiKeySettings settings) {
    name = settings.name();
    description = settings.description();
    expiresAt = settings.expiresAt();
  }

  /**
   * The key as it is read.
   *
   * @param key its secret, when it is issued; null otherwise
   */
  ApiKeyView view(@Nullable ApiKey key) {
    return new ApiKeyView(
        id(),
        version(),
        userId,
        name,
        description,
        key == null ? null : key.text(),
        masked(),
        scopes().tokens(),
        expiresAt,
        revokedAt,
        lastUsedAt,
        replacedBy,
        createdAt());
  }

  ApiKeySettings settings() {
    return new ApiKeySettings(name, description, expiresAt);
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

  private String masked() {
    return "a2g_…" + lastFour;
  }

  long userId() {
    return userId;
  }

  Scopes scopes() {
    return Scopes.parse(scopes == null ? null : List.of(scopes));
  }

  /** True when it is accepted, as far as its owner is. */
  boolean isInForce(Instant now) {
    return revokedAt == null && (expiresAt == null || expiresAt.isAfter(now));
  }

  boolean isReplaced() {
    return replacedBy != null;
  }
}
