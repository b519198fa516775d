package io.a2g.common.reference.remote;

import org.springframework.jdbc.core.simple.JdbcClient;

/** How long an internal endpoint waits for a row. */
final class LockWait {

  private LockWait() {}

  /**
   * Until the end of the transaction, a wait for a lock ends after a second: the other service then
   * hears "not now" while it still listens (two seconds), and can ask again.
   */
  static void limit(JdbcClient jdbc) {
    jdbc.sql("SELECT set_config('lock_timeout', '1s', true)").query(String.class).single();
  }
}
