package io.a2g.common.migrate.history;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import java.sql.SQLException;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** Turns Flyway's failures into one line with what to do next. */
final class FlywayFailures {

  private FlywayFailures() {}

  static MigrationFailure explain(FlywayException failure, Target target) {
    SQLException sql = sqlException(failure);
    if (sql != null && isAboutTheConnection(sql)) {
      return DatabaseFailures.explain(sql, target);
    }
    ExitCode code = sql == null ? ExitCode.REFUSED : ExitCode.FAILED;
    return new MigrationFailure(code, shorten(failure), failure);
  }

  private static boolean isAboutTheConnection(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("28")
        || state.startsWith("08")
        || state.startsWith("57P")
        || state.equals("3D000")
        || state.equals("53300")
        || state.equals("42501")
        || state.equals("55P03")
        || state.equals("40P01");
  }

  private static @Nullable SQLException sqlException(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException e) {
        return e;
      }
    }
    return null;
  }

  // Flyway writes tables of dashes around its messages.
  private static String shorten(FlywayException failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.matches("[-=]+"))
        .limit(12)
        .collect(Collectors.joining(" | "));
  }
}
