package io.a2g.user.oauth.idp;

import io.a2g.user.oauth.OpaqueToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * CookieSecurityContextRepository on their way to the provider. Each attempt can be finished once,
 * by its browser.
 */
@Component
class SignInAttempts {

  /** How long a user may take at the provider. */
  static final Duration LIFE = Duration.ofMinutes(10);

  private final JdbcClient jdbc;
  private final Clock clock;

  SignInAttempts(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * An attempt: what was sent to the provider and must come back, or must not leave this server.
   *
   * @param continueWith where the browser goes on; null: nowhere
   */
  record Attempt(
      String state,
      String nonce,
      String codeVerifier,
      String redirectUri,
      @Nullable String continueWith) {}

  OpaqueToken begin(Attempt attempt) {
    OpaqueToken token = OpaqueToken.generate();
    jdbc.sql(
            """
            INSERT INTO users.sign_in_attempts (token_hash, state, nonce, code_verifier,
              redirect_uri, continue_with, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
        .param(token.sha256())
        .param(attempt.state())
        .param(attempt.nonce())
        .param(attempt.codeVerifier())
        .param(attempt.redirectUri())
        .param(attempt.continueWith())
        .param(utc(clock.instant().plus(LIFE)))
        .update();
    return token;
  }

  /** Takes the attempt of this browser; empty when there is none, or it took too long. */
  Optional<Attempt> take(OpaqueToken token) {
    return jdbc.sql(
            """
            DELETE FROM users.sign_in_attempts WHERE token_hash = ? AND expires_at > ?
            RETURNING state, nonce, code_verifier, redirect_uri, continue_with
            """)
        .params(token.sha256(), utc(clock.instant()))
        .query((row, number) ->
            new Attempt(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5)))
        .optional();
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
