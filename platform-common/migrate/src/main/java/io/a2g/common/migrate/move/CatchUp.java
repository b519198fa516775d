package io.a2g.common.migrate.move;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Waits until a replication has brought everything that is committed by now. */
final class CatchUp {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Target source;

  CatchUp(Target source) {
    this.source = source;
  }

  /**
   * Call it when nobody can write any more.
   *
   * @throws MigrationFailure REFUSED when no replication is there; LOCK_BUSY when it takes too long
   */
  void await() {
    String name = SchemaReplication.nameFor(source.schema());
    try (Connection connection = source.connect()) {
      // A last word in the log: it comes after everything, and its commit makes the sender hurry.
      String end =
          SchemaMove.text(connection, "SELECT pg_logical_emit_message(true, 'a2g', 'end')");
      String state =
          "SELECT min((confirmed_flush_lsn >= '%s'::pg_lsn)::int) FROM pg_replication_slots WHERE slot_name = '%s'"
              .formatted(end, name);
      long deadline = System.nanoTime() + LIMIT.toNanos();
      for (String arrived = SchemaMove.text(connection, state);
          !arrived.equals("1");
          arrived = SchemaMove.text(connection, state)) {
        if (arrived.equals("null")) {
          throw MigrationFailure.refused("%s is not being replicated".formatted(source.display()));
        }
        if (System.nanoTime() > deadline) {
          throw new MigrationFailure(
              ExitCode.LOCK_BUSY,
              "The changes of %s do not arrive at the other database; the log of that server says why"
                  .formatted(source.display()));
        }
        SchemaReplication.pause();
      }
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, source);
    }
  }
}
