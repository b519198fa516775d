package io.a2g.common.migrate.schemas;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.schemas.CreateSchemas.Options;
import java.sql.SQLException;

/** Turns what the driver throws into one line for the operator. */
final class Failures {

  private Failures() {}

  /**
   * Whether no connection came about for a reason that another database of the same server shares.
   */
  static boolean isUnreachable(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("08")
        || state.startsWith("28P")
        || state.startsWith("57P")
        || state.equals("53300");
  }

  static MigrationFailure explain(SQLException e, Options options) {
    String state = String.valueOf(e.getSQLState());
    String cause = DatabaseFailures.oneLine(e);
    String database = options.url().display();
    if (state.equals("3D000")) {
      return new MigrationFailure(
          ExitCode.UNREACHABLE,
          "there is no such database (%s); add --create-database".formatted(database),
          e);
    }
    if (isUnreachable(e) || state.startsWith("28")) {
      return new MigrationFailure(
          ExitCode.UNREACHABLE, "cannot connect to %s: %s".formatted(database, cause), e);
    }
    if (state.equals("42501")) {
      String advice =
          options.singleUser()
              ? "the user needs CREATE on the database"
              : "rerun with --single-user, or give a user with CREATEROLE who owns the database";
      return new MigrationFailure(ExitCode.NO_RIGHT, cause + "; " + advice, e);
    }
    return new MigrationFailure(
        ExitCode.FAILED, "PostgreSQL refused (%s): %s".formatted(state, cause), e);
  }
}
