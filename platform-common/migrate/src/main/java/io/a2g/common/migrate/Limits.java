package io.a2g.common.migrate;

import java.time.Duration;

/**
 * How long a migration may wait and run.
 *
 * @param lock how long one statement waits for a lock; after it the file is rolled back and tried
 *     again
 * @param statement how long one statement of a transactional file may run; zero: no limit
 * @param attempts how often a file that lost against a lock is tried, at least 1
 */
public record Limits(Duration lock, Duration statement, int attempts) {

  /** 3 s, 30 min, 10 attempts. */
  public static final Limits DEFAULT =
      new Limits(Duration.ofSeconds(3), Duration.ofMinutes(30), 10);

  /**
   * Lets the server look every two seconds whether the tool is still there. It would go on else,
   * and keep every lock, until the statement of a killed tool ends. Not every server can.
   */
  public static final String NOTICE_A_KILLED_TOOL =
      "DO $$ BEGIN SET client_connection_check_interval = '2s'; EXCEPTION WHEN OTHERS THEN NULL; END $$";

  /** The statement that bounds the rest of a transaction. */
  public String setLocal() {
    return set("LOCAL");
  }

  /** The statement that bounds the rest of a session. */
  public String setSession() {
    return set("SESSION");
  }

  private String set(String scope) {
    return "SET %1$s lock_timeout = %2$d; SET %1$s statement_timeout = %3$d"
        .formatted(scope, lock.toMillis(), statement.toMillis());
  }

  /** Refuses what would wait for ever or never start. */
  public Limits {
    require(lock.isPositive(), "--lock-timeout must be longer than 0", lock);
    require(!statement.isNegative(), "--statement-timeout must be 0 or longer", statement);
    require(attempts >= 1, "--attempts must be 1 or more", attempts);
  }

  private static void require(boolean fulfilled, String rule, Object value) {
    if (!fulfilled) {
      throw new IllegalArgumentException(rule + ", not " + value);
    }
  }
}
