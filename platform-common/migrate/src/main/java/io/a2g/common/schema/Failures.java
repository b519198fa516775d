package io.a2g.common.schema;

import io.a2g.common.schema.CreateSchemas.Options;
import io.a2g.common.schema.SchemasNotCreated.Reason;
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

  static SchemasNotCreated explain(SQLException e, Options options) {
    String state = String.valueOf(e.getSQLState());
    String cause = oneLine(e);
    if (state.equals("3D000")) {
      return new SchemasNotCreated(
          Reason.UNREACHABLE,
          "there is no such database (%s); add --create-database"
              .formatted(options.url().display()),
          e);
    }
    if (isUnreachable(e) || state.startsWith("28")) {
      return new SchemasNotCreated(
          Reason.UNREACHABLE,
          "cannot connect to %s: %s".formatted(options.url().display(), cause),
          e);
    }
    if (state.equals("42501")) {
      return new SchemasNotCreated(Reason.NO_RIGHT, cause + "; " + noRightAdvice(options), e);
    }
    return new SchemasNotCreated(
        Reason.OTHER, "PostgreSQL refused (%s): %s".formatted(state, cause), e);
  }

  static String noRightAdvice(Options options) {
    return options.singleUser()
        ? "the user needs CREATE on the database"
        : "rerun with --single-user, or give a user with CREATEROLE who owns the database";
  }

  private static String oneLine(SQLException e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
