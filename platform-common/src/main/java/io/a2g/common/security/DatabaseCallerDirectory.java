package io.a2g.common.security;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Asks the function that the users schema publishes for this. Service roles may execute it and see
 * nothing else of that schema.
 */
class DatabaseCallerDirectory {

  private final JdbcClient jdbc;
  private final String query;

  /**
   * @param function qualified name of a function {@code (bytea) returns (user_id bigint, role text,
   *     dept_code text, api_key_id bigint)}
   */
  DatabaseCallerDirectory(JdbcClient jdbc, String function) {
    this.jdbc = jdbc;
    this.query = "SELECT user_id, role, dept_code, api_key_id FROM " + function + "(?)";
  }

  /** The caller whose key has this SHA-256. */
  Optional<Caller> find(byte[] sha256) {
    return jdbc.sql(query)
        .param(sha256)
        .query((row, number) ->
            new Caller(
                row.getLong(1), Role.valueOf(row.getString(2)), row.getString(3), row.getLong(4)))
        .optional();
  }
}
