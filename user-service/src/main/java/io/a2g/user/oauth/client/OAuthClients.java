package io.a2g.user.oauth.client;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of clients. */
@Component
class OAuthClients {

  private static final String SELECT =
      """
      SELECT id, client_id, name, grant_types, redirect_uris, post_logout_redirect_uris, scopes,
      consent_required, secret_changed_at, created_at, secret_hash
      FROM users.oauth_clients WHERE
      """;

  private final JdbcClient jdbc;

  OAuthClients(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A client and the SHA-256 of its secret.
   *
   * @param secretHash null: a public client
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Row(OAuthClient client, byte @Nullable [] secretHash) {}

  long insert(ClientDraft draft, byte @Nullable [] secretHash) {
    return jdbc.sql(
            """
            INSERT INTO users.oauth_clients (client_id, name, secret_hash, grant_types,
              redirect_uris, post_logout_redirect_uris, scopes, consent_required,
              secret_changed_at)
            VALUES (:clientId, :name, :secretHash, :grantTypes, :redirects, :logoutRedirects,
              :scopes, :consent, CASE WHEN :secretHash::bytea IS NULL THEN NULL ELSE now() END)
            RETURNING id
            """)
        .param("clientId", draft.clientId())
        .param("name", draft.name())
        .param("secretHash", secretHash)
        .param(
            "grantTypes", draft.grantTypes().stream().map(GrantType::value).toArray(String[]::new))
        .param("redirects", draft.redirectUris().toArray(String[]::new))
        .param("logoutRedirects", draft.postLogoutRedirectUris().toArray(String[]::new))
        .param("scopes", draft.scopes().toArray(String[]::new))
        .param("consent", draft.consentRequired())
        .query(Long.class)
        .single();
  }

  Optional<Row> find(long id) {
    return findBy("id", id);
  }

  Optional<Row> findByClientId(String clientId) {
    return findBy("client_id", clientId);
  }

  List<OAuthClient> list(long after, int limit) {
    return jdbc.sql(SELECT + "id > ? ORDER BY id LIMIT ?")
        .params(after, limit)
        .query((row, number) -> row(row, number).client())
        .list();
  }

  void changeSecret(long id, byte[] secretHash) {
    jdbc.sql(
            """
            UPDATE users.oauth_clients SET secret_hash = ?, secret_changed_at = now() WHERE id = ?
            """)
        .params(secretHash, id)
        .update();
  }

  /** With everything granted to it. */
  void delete(long id) {
    jdbc.sql("DELETE FROM users.oauth_clients WHERE id = ?").param(id).update();
  }

  private Optional<Row> findBy(String column, Object value) {
    return jdbc.sql(SELECT + column + " = ?").param(value).query(OAuthClients::row).optional();
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    @Nullable OffsetDateTime changed = row.getObject("secret_changed_at", OffsetDateTime.class);
    ClientDraft draft =
        new ClientDraft(
            row.getString("client_id"),
            row.getString("name"),
            texts(row.getArray("grant_types")).stream()
                .map(name -> GrantType.valueOf(name.toUpperCase(Locale.ROOT)))
                .toList(),
            texts(row.getArray("redirect_uris")),
            texts(row.getArray("post_logout_redirect_uris")),
            texts(row.getArray("scopes")),
            row.getBoolean("consent_required"));
    return new Row(
        new OAuthClient(
            row.getLong("id"),
            draft,
            changed == null ? null : changed.toInstant(),
            row.getObject("created_at", OffsetDateTime.class).toInstant()),
        row.getBytes("secret_hash"));
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
