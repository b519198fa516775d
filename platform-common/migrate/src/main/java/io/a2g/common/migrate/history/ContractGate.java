package io.a2g.common.migrate.history;

import static io.a2g.common.database.Sql.literal;

import io.a2g.common.migrate.Target;
import java.util.Optional;

/** A file that takes something away waits until the backfill that replaces it is done. */
final class ContractGate {

  private ContractGate() {}

  /** What stops a file until its backfill is done; empty when it names none. */
  static Optional<Guard> guard(Target target, String script) {
    return backfill(target, script)
        .map(backfill ->
            new Guard(
                """
                SELECT format(%s, state) FROM (SELECT coalesce((SELECT state
                    FROM %s.migration_backfill WHERE name = %s), 'PENDING') AS state) backfill
                  WHERE state <> 'DONE'\
                """
                    .formatted(
                        literal(
                            "%s waits for the backfill %s, which is %%s: run migrate backfill run %s first"
                                .formatted(script, backfill, backfill)),
                        target.schema(),
                        literal(backfill))));
  }

  private static Optional<String> backfill(Target target, String script) {
    return target.files().migration(script).flatMap(text -> MigrationHeaders.of(text).backfill());
  }
}
