package io.a2g.common.migrate.move;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import java.sql.SQLException;
import java.time.Duration;

/** Waits until a replication has brought everything that is committed by now. */
final class CatchUp {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private CatchUp() {}

  /**
   * Call it when nothing can write any more.
   *
   * @throws MigrationFailure REFUSED when no replication is there; LOCK_BUSY when it takes too long
   */
  static void await(Sql sql, Target source) throws SQLException {
    // A last word in the log: it comes after everything, and its commit makes the sender hurry.
    String end = sql.text("SELECT pg_logical_emit_message(true, 'a2g', 'end')");
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      String arrived =
          sql.text(
              "SELECT min((confirmed_flush_lsn >= ?::pg_lsn)::int) FROM pg_replication_slots WHERE slot_name = ?",
              end,
              SchemaReplication.nameFor(source.schema()));
      if (arrived == null) {
        throw MigrationFailure.refused("%s is not being replicated".formatted(source.display()));
      }
      if (arrived.equals("1")) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new MigrationFailure(
            ExitCode.LOCK_BUSY,
            "The changes of %s do not arrive at the other database; the log of that server says why"
                .formatted(source.display()));
      }
      SchemaReplication.pause();
    }
  }
}
