package io.a2g.user.oauth.grant;

import io.a2g.user.oauth.OpaqueToken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables of grants and of used refresh tokens. */
@Component
class Grants {

  private static final String SELECT =
      """
      SELECT id, client_id, user_id, grant_type, requested_scopes, scopes, redirect_uri,
        client_state, nonce, code_challenge, signed_in_at, code_expires_at, code_used_at,
        refresh_token_hash, refresh_token_expires_at, revoked_at, expires_at, created_at, api_key_id,
        user_id IS NULL OR users.is_signed_in(user_id, signed_in_at, api_key_id) AS signed_in,
        CASE WHEN refreshed_at > now() - interval '1 minute' THEN previous_refresh_token_hash END
          AS retry_token_hash
      FROM users.oauth_grants WHERE
      """;

  private final JdbcClient jdbc;

  Grants(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Grant> find(String id) {
    return findBy("id = ?", id);
  }

  /** Locks it until the transaction ends. */
  Optional<Grant> lock(String id) {
    return findBy("id = ? FOR UPDATE", id);
  }

  Optional<Grant> findByCode(OpaqueToken code) {
    return findBy("code_hash = ?", code.sha256());
  }

  Optional<Grant> findByRefreshToken(OpaqueToken token) {
    return findBy("refresh_token_hash = ?", token.sha256());
  }

  Optional<Grant> findByConsentState(OpaqueToken state) {
    return findBy("consent_state_hash = ?", state.sha256());
  }

  /** The grant whose refresh token this was before it was exchanged. */
  Optional<Grant> findByUsedRefreshToken(OpaqueToken token) {
    OpaqueToken family = new RefreshToken(token.text()).family();
    return family == null
        ? findBy(
            "id = (SELECT grant_id FROM users.used_refresh_tokens WHERE token_hash = ?)",
            token.sha256())
        : findBy("refresh_family_hash = ?", family.sha256());
  }

  void insert(Grant grant, @Nullable OpaqueToken code, @Nullable OpaqueToken consentState) {
    jdbc.sql(
            """
            INSERT INTO users.oauth_grants (id, client_id, user_id, grant_type, requested_scopes,
              scopes, redirect_uri, client_state, nonce, code_challenge, signed_in_at, api_key_id,
              consent_state_hash, code_hash, code_expires_at, expires_at)
            VALUES (:id, :client, :user, :type, :requested, :scopes, :redirect, :state, :nonce,
              :challenge, :signedInAt, :apiKey, :consentState, :code, :codeExpiresAt, :expiresAt)
            """)
        .param("id", grant.id())
        .param("client", grant.clientId())
        .param("user", grant.userId())
        .param("type", grant.grantType())
        .param("requested", grant.requestedScopes().toArray(String[]::new))
        .param("scopes", grant.scopes().toArray(String[]::new))
        .param("redirect", grant.redirectUri())
        .param("state", grant.clientState())
        .param("nonce", grant.nonce())
        .param("challenge", grant.codeChallenge())
        .param("signedInAt", utc(grant.signedInAt()))
        .param("apiKey", grant.apiKeyId())
        .param("consentState", consentState == null ? null : consentState.sha256())
        .param("code", code == null ? null : code.sha256())
        .param("codeExpiresAt", utc(grant.codeExpiresAt()))
        .param("expiresAt", utc(grant.expiresAt()))
        .update();
  }

  void consented(String id, Set<String> scopes, OpaqueToken code, @Nullable Instant codeExpiresAt) {
    jdbc.sql(
            """
            UPDATE users.oauth_grants SET consent_state_hash = NULL, scopes = ?, code_hash = ?,
              code_expires_at = ?, expires_at = ? WHERE id = ?
            """)
        .param(scopes.toArray(String[]::new))
        .param(code.sha256())
        .param(utc(codeExpiresAt))
        .param(utc(codeExpiresAt))
        .param(id)
        .update();
  }

  void codeUsed(String id) {
    jdbc.sql("UPDATE users.oauth_grants SET code_used_at = now() WHERE id = ?").param(id).update();
  }

  /** Remembers a used token of an earlier release, which does not show its grant. */
  void refreshTokenUsed(String id, OpaqueToken token) {
    jdbc.sql("INSERT INTO users.used_refresh_tokens (token_hash, grant_id) VALUES (?, ?)")
        .params(token.sha256(), id)
        .update();
  }

  /**
   * Stores the refresh token in force, if there is one, and how long the grant lasts now.
   *
   * @param previous the one that may be shown once more; null: none
   */
  void tokensIssued(
      String id,
      @Nullable RefreshToken refreshToken,
      @Nullable OpaqueToken previous,
      @Nullable Instant refreshTokenExpiresAt,
      Instant expiresAt) {
    OpaqueToken family = refreshToken == null ? null : refreshToken.family();
    jdbc.sql(
            """
            UPDATE users.oauth_grants SET refresh_token_hash = ?, refresh_family_hash = ?,
              previous_refresh_token_hash = ?, refreshed_at = now(), refresh_token_expires_at = ?,
              expires_at = ? WHERE id = ?
            """)
        .param(refreshToken == null ? null : new OpaqueToken(refreshToken.text()).sha256())
        .param(family == null ? null : family.sha256())
        .param(previous == null ? null : previous.sha256())
        .param(utc(refreshTokenExpiresAt))
        .param(utc(expiresAt))
        .param(id)
        .update();
  }

  /** True when it was in force until now. */
  boolean revoke(String id) {
    return jdbc.sql(
                """
                UPDATE users.oauth_grants SET revoked_at = now() WHERE id = ? AND revoked_at IS NULL
                """)
            .param(id)
            .update()
        > 0;
  }

  void delete(String id) {
    jdbc.sql("DELETE FROM users.oauth_grants WHERE id = ?").param(id).update();
  }

  private Optional<Grant> findBy(String condition, Object value) {
    return jdbc.sql(SELECT + condition).param(value).query(Grants::grant).optional();
  }

  private static Grant grant(ResultSet row, int number) throws SQLException {
    return new Grant(
        row.getString("id"),
        row.getLong("client_id"),
        (Long) row.getObject("user_id"),
        row.getString("grant_type"),
        texts(row, "requested_scopes"),
        texts(row, "scopes"),
        row.getString("redirect_uri"),
        row.getString("client_state"),
        row.getString("nonce"),
        row.getString("code_challenge"),
        time(row, "signed_in_at"),
        (Long) row.getObject("api_key_id"),
        time(row, "code_expires_at"),
        time(row, "code_used_at"),
        row.getBytes("refresh_token_hash"),
        row.getBytes("retry_token_hash"),
        time(row, "refresh_token_expires_at"),
        time(row, "revoked_at"),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getBoolean("signed_in"));
  }

  private static Set<String> texts(ResultSet row, String column) throws SQLException {
    return new LinkedHashSet<>(List.of((String[]) row.getArray(column).getArray()));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}
