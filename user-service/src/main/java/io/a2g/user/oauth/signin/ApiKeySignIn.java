package io.a2g.user.oauth.signin;

import io.a2g.common.security.ApiKey;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Signing in by proof of an API key, for development and the first set-up. The database is asked
 * each time: a key that was revoked a moment ago opens no session.
 */
@Component
public class ApiKeySignIn {

  /** A user, and the key that says so. */
  public record KeyOwner(long userId, long apiKeyId) {}

  private final JdbcClient jdbc;

  ApiKeySignIn(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The user whose key this is; empty when it is none, and a typo costs no query. A key that is
   * limited to scopes does not sign in: the session would have every right of its owner.
   */
  public Optional<KeyOwner> ownerOf(String key) {
    return ApiKey.parse(key)
        .flatMap(parsed ->
            jdbc.sql("SELECT user_id, api_key_id FROM users.caller_of_key(?) WHERE scopes IS NULL")
                .param(parsed.sha256())
                .query((row, number) -> new KeyOwner(row.getLong(1), row.getLong(2)))
                .optional());
  }
}
