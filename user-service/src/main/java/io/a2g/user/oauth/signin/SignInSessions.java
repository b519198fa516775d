package io.a2g.user.oauth.signin;

import io.a2g.common.audit.AuditLog;
import io.a2g.user.oauth.OpaqueToken;
import io.a2g.user.oauth.SignedInUser;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
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
   * @param proof {@code api_key} or {@code identity_provider}
   * @return what the browser's cookie holds
   */
  @Transactional
  public OpaqueToken start(long userId, String proof) {
    OpaqueToken token = OpaqueToken.generate();
    Instant now = clock.instant();
    jdbc.sql(
            """
            INSERT INTO users.sign_in_sessions (token_hash, user_id, signed_in_at, expires_at)
            VALUES (?, ?, ?, ?)
            """)
        .params(token.sha256(), userId, utc(now), utc(now.plus(properties.sessionTime())))
        .update();
    audit.record("user.signed_in", "user", userId, null, new Proof(proof));
    return token;
  }

  /** The user of a session that is in force; empty when it is not, or the user may not sign in. */
  public Optional<SignedInUser> find(OpaqueToken token) {
    return jdbc.sql(
            """
            SELECT s.user_id, s.signed_in_at
            FROM users.sign_in_sessions s JOIN users.users u ON u.id = s.user_id
            WHERE s.token_hash = ? AND s.expires_at > ? AND u.deleted_at IS NULL
              AND u.disabled_at IS NULL
            """)
        .params(token.sha256(), utc(clock.instant()))
        .query((row, number) ->
            new SignedInUser(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant()))
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
