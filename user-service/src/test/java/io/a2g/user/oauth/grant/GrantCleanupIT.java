package io.a2g.user.oauth.grant;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.job.PlatformJob;
import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is over goes; what is in force, or could still be recognised as used twice, stays. */
class GrantCleanupIT extends PlatformIT {

  @Autowired private GrantCleanup cleanup;
  @Autowired private PlatformJob grantCleanupJob;

  private TestUser user;
  private long client;

  @BeforeEach
  void register() throws SQLException {
    user = users().user();
    client =
        number(
            """
            INSERT INTO users.oauth_clients (client_id, name, grant_types, redirect_uris,
              post_logout_redirect_uris, scopes, consent_required)
            VALUES ('expired-%d', 'Test', '{authorization_code,refresh_token}',
              '{https://client.example/cb}', '{}', '{openid}', false)
            RETURNING id
            """
                .formatted(System.nanoTime()));
  }

  @Test
  void grantsGoADayAfterTheirEndWithTheTokensTheyRemember() throws SQLException {
    String over = grant("now() - interval '25 hours'");
    String lately = grant("now() - interval '23 hours'");
    String inForce = grant("now() + interval '1 minute'");

    assertThat(cleanup.run()).isPositive();

    assertThat(left("oauth_grants", "id = '%s'".formatted(over))).isZero();
    assertThat(left("used_refresh_tokens", "grant_id = '%s'".formatted(over))).isZero();
    for (String kept : List.of(lately, inForce)) {
      assertThat(left("oauth_grants", "id = '%s'".formatted(kept))).isEqualTo(1);
      assertThat(left("used_refresh_tokens", "grant_id = '%s'".formatted(kept))).isEqualTo(1);
    }
    assertThat(cleanup.run()).isZero();
  }

  @Test
  void muchIsRemovedInShortStatements() throws SQLException {
    String over = grant("now() - interval '25 hours'");
    number(
        """
        WITH added AS (
          INSERT INTO users.used_refresh_tokens (token_hash, grant_id)
          SELECT sha256(('%1$s-' || i)::bytea), '%1$s' FROM generate_series(1, 2500) i RETURNING 1)
        SELECT count(*) FROM added
        """
            .formatted(over));

    execute(
        """
        CREATE FUNCTION users.refuse_much() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF (SELECT count(*) FROM gone) > 1000 THEN RAISE 'too much at once'; END IF;
          RETURN NULL;
        END $$
        """);
    execute(
        """
        CREATE TRIGGER refuse_much AFTER DELETE ON users.used_refresh_tokens
        REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION users.refuse_much()
        """);
    try {
      cleanup.run();
    } finally {
      execute("DROP FUNCTION users.refuse_much() CASCADE");
    }

    assertThat(left("used_refresh_tokens", "grant_id = '%s'".formatted(over))).isZero();
    assertThat(left("oauth_grants", "id = '%s'".formatted(over))).isZero();
  }

  @Test
  void unusedCodeGoesWithItsGrant() throws SQLException {
    String never = grant("now() - interval '2 days'");
    number(
        "UPDATE users.oauth_grants SET code_expires_at = now() - interval '2 days', refresh_token_hash = NULL WHERE id = '%s' RETURNING 1"
            .formatted(never));

    cleanup.run();

    assertThat(left("oauth_grants", "id = '%s'".formatted(never))).isZero();
  }

  @Test
  void revokedGrantIsRememberedUntilItsEnd() throws SQLException {
    String revoked = grant("now() + interval '1 hour'");
    number(
        "UPDATE users.oauth_grants SET revoked_at = now() - interval '3 days' WHERE id = '%s' RETURNING 1"
            .formatted(revoked));

    cleanup.run();

    assertThat(left("oauth_grants", "id = '%s'".formatted(revoked))).isEqualTo(1);
  }

  @Test
  void sessionsAndWaysToTheProviderGoWhenTheyAreOver() throws SQLException {
    String over = hash();
    String open = hash();
    for (String[] row : new String[][] {{over, "-"}, {open, "+"}}) {
      number(
          "INSERT INTO users.sign_in_sessions (token_hash, user_id, expires_at) VALUES (%s, %d, now() %s interval '1 minute') RETURNING 1"
              .formatted(row[0], user.id(), row[1]));
      number(
          "INSERT INTO users.sign_in_attempts (token_hash, state, nonce, code_verifier, redirect_uri, expires_at) VALUES (%s, 's', 'n', 'v', 'u', now() %s interval '1 minute') RETURNING 1"
              .formatted(row[0], row[1]));
    }

    cleanup.run();

    for (String table : List.of("sign_in_sessions", "sign_in_attempts")) {
      assertThat(left(table, "token_hash = " + over)).as(table).isZero();
      assertThat(left(table, "token_hash = " + open)).as(table).isEqualTo(1);
    }
  }

  @Test
  void jobDoesTheSame() throws Exception {
    String over = grant("now() - interval '25 hours'");

    grantCleanupJob.work().run();

    assertThat(left("oauth_grants", "id = '%s'".formatted(over))).isZero();
  }

  /** A grant with a code, a refresh token, and one that was used before. */
  private String grant(String expiresAt) throws SQLException {
    String id = "expired-" + System.nanoTime();
    number(
        """
        INSERT INTO users.oauth_grants (id, client_id, user_id, grant_type, requested_scopes, scopes,
          code_hash, code_expires_at, refresh_token_hash, refresh_token_expires_at, expires_at)
        VALUES ('%s', %d, %d, 'authorization_code', '{openid}', '{openid}', %s, now(), %s, now(), %s)
        RETURNING 1
        """
            .formatted(id, client, user.id(), hash(), hash(), expiresAt));
    number(
        "INSERT INTO users.used_refresh_tokens (token_hash, grant_id) VALUES (%s, '%s') RETURNING 1"
            .formatted(hash(), id));
    return id;
  }

  private static String hash() {
    return "sha256('%d')".formatted(System.nanoTime());
  }

  private long left(String table, String where) throws SQLException {
    return number("SELECT count(*) FROM users.%s WHERE %s".formatted(table, where));
  }

  private void execute(String sql) throws SQLException {
    try (var connection = database().connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long number(String sql) throws SQLException {
    try (var connection = database().connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
