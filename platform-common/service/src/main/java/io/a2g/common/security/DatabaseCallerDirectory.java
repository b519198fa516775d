package io.a2g.common.security;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Asks the functions that the users schema publishes for this. Service roles may execute them and
 * see nothing else of that schema.
 */
class DatabaseCallerDirectory implements CallerSource {

  private final JdbcClient jdbc;

  DatabaseCallerDirectory(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Caller> find(ApiKey key) {
    return find(key.sha256());
  }

  /** The caller whose key has this SHA-256. */
  Optional<Caller> find(byte[] sha256) {
    return jdbc.sql(
            "SELECT user_id, role, dept_code, api_key_id, scopes FROM users.caller_of_key(?)")
        .param(sha256)
        .query((row, number) ->
            new Caller(
                row.getLong(1),
                Role.valueOf(row.getString(2)),
                row.getString(3),
                row.getLong(4),
                Scopes.parse(
                    row.getArray(5) == null
                        ? null
                        : List.of((String[]) row.getArray(5).getArray()))))
        .optional();
  }

  @Override
  public Optional<Caller> find(AccessToken token) {
    return jdbc.sql("SELECT role, dept_code FROM users.caller_of_token(?, ?)")
        .param(token.userId())
        .param(token.grantId())
        .query((row, number) ->
            new Caller(
                token.userId(),
                Role.valueOf(row.getString(1)),
                row.getString(2),
                null,
                token.scopes()))
        .optional();
  }

  @Override
  public List<String> signingKeys() {
    return jdbc.sql("SELECT jwk FROM users.published_signing_keys()")
        .query((row, number) -> row.getString(1))
        .list();
  }
}
