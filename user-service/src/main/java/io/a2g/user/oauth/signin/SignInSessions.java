package io.a2g.user.oauth.signin;

import io.a2g.common.audit.AuditLog;
import io.a2g.user.oauth.OpaqueToken;
import io.a2g.user.oauth.SignedInUser;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sessions of browsers: in the database, so that every replica knows them and a restart ends none.
 */
@Service
public class SignInSessions {

  /** For the audit: how the user proved the identity. */
  private record Proof(String proof) {}

  private final JdbcClient jdbc;
  private final SignInProperties properties;
  private final AuditLog audit;
  private final Clock clock;

  SignInSessions(JdbcClient jdbc, SignInProperties properties, AuditLog audit, Clock clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Begins a session; always a new one, so that none can be prepared for another user.
   *
   * @param apiKeyId the key that proved the identity, with which the session ends; null: the
   *     identity provider did
   * @return what the browser's cookie holds
   */
  @Transactional
  public OpaqueToken start(long userId, @Nullable Long apiKeyId) {
    OpaqueToken token = OpaqueToken.generate();
    Instant now = clock.instant();
    jdbc.sql(
            """
            INSERT INTO users.sign_in_sessions (token_hash, user_id, signed_in_at, expires_at,
              api_key_id)
            VALUES (?, ?, ?, ?, ?)
            """)
        .param(token.sha256())
        .param(userId)
        .param(utc(now))
        .param(utc(now.plus(properties.sessionTime())))
        .param(apiKeyId)
        .update();
    String proof = apiKeyId == null ? "identity_provider" : "api_key";
    audit.record("user.signed_in", "user", userId, null, new Proof(proof));
    return token;
  }

  /**
   * The user of a session that is in force; empty when it is not, the user may not sign in or has
   * signed out everywhere, or the key that signed in has ended.
   */
  public Optional<SignedInUser> find(OpaqueToken token) {
    return jdbc.sql(
            """
            SELECT user_id, signed_in_at, api_key_id FROM users.sign_in_sessions
            WHERE token_hash = ? AND expires_at > ?
              AND users.is_signed_in(user_id, signed_in_at, api_key_id)
            """)
        .params(token.sha256(), utc(clock.instant()))
        .query((row, number) ->
            new SignedInUser(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                (Long) row.getObject(3)))
        .optional();
  }

  /** Ends a session; one that is over already changes nothing. */
  @Transactional
  public void end(OpaqueToken token) {
    jdbc.sql("DELETE FROM users.sign_in_sessions WHERE token_hash = ? RETURNING user_id")
        .param(token.sha256())
        .query(Long.class)
        .optional()
        .ifPresent(userId -> audit.record("user.signed_out", "user", userId, null, null));
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
