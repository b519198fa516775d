package io.a2g.common.migrate.history;

import static io.a2g.common.database.Sql.literal;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.MigrationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A rule that the database knows: the tool asks it, and a script of psql contains it.
 *
 * @param query answers with the reason to stop, in one row; without a row everything may go on
 */
record Guard(String query) {

  /** Stops when a condition is true. */
  static Guard when(String condition, String reason) {
    return new Guard("SELECT %s WHERE %s".formatted(literal(reason), condition));
  }

  /** Why to stop now; empty when nothing is in the way. */
  Optional<String> reason(Connection connection) throws SQLException {
    return new Sql(connection).texts(query).stream().findFirst();
  }

  /**
   * Passes when nothing is in the way.
   *
   * @throws MigrationFailure REFUSED, with the reason
   */
  void require(Connection connection) throws SQLException {
    Optional<String> reason = reason(connection);
    if (reason.isPresent()) {
      throw MigrationFailure.refused(reason.get());
    }
  }

  /** The same as a statement that fails with the reason. */
  String script() {
    return """
    DO $a2g$
    DECLARE
      reason text := (%s);
    BEGIN
      IF reason IS NOT NULL THEN
        RAISE EXCEPTION USING MESSAGE = reason;
      END IF;
    END $a2g$;
    """
        .formatted(query);
  }
}
