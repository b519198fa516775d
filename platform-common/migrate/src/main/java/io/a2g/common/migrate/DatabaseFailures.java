package io.a2g.common.migrate;

import java.sql.SQLException;
import java.util.Set;

/** Says in one line what PostgreSQL's refusal means for somebody who migrates. */
public final class DatabaseFailures {

  /** Lock not available, deadlock: the same file may work in a moment. */
  private static final Set<String> LOCKS = Set.of("55P03", "40P01");

  private DatabaseFailures() {}

  /** True when a transactional file may simply be tried again. */
  public static boolean isLockTimeout(Throwable failure) {
    return LOCKS.contains(sqlState(failure));
  }

  /** The SQLSTATE of the first SQLException in the chain of causes; empty when there is none. */
  public static String sqlState(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException e && e.getSQLState() != null) {
        return e.getSQLState();
      }
    }
    return "";
  }

  /** The failure for the operator, whatever the statement was. */
  public static MigrationFailure explain(SQLException e, Target target) {
    String state = String.valueOf(e.getSQLState());
    String where = target.database().display();
    if (state.startsWith("28") || String.valueOf(e.getMessage()).contains("no password")) {
      return new MigrationFailure(
          ExitCode.UNREACHABLE,
          "%s refuses the user %s: check user and password of MIGRATION_DATABASE_URL or DATABASE_URL"
              .formatted(where, target.database().user()),
          e);
    }
    if (state.equals("3D000")) {
      return new MigrationFailure(
          ExitCode.UNREACHABLE,
          "%s does not exist: make it with create-schemas --create-database".formatted(where),
          e);
    }
    if (state.startsWith("08") || state.startsWith("57P") || state.equals("53300")) {
      return new MigrationFailure(
          ExitCode.UNREACHABLE,
          "%s does not answer (%s): check the address, then run the command again"
              .formatted(where, oneLine(e)),
          e);
    }
    if (state.equals("42501")) {
      return new MigrationFailure(
          ExitCode.NO_RIGHT,
          "The user %s may not do this (%s): use the migrator's credentials in MIGRATION_DATABASE_URL"
              .formatted(target.database().user(), oneLine(e)),
          e);
    }
    if (LOCKS.contains(state)) {
      return new MigrationFailure(
          ExitCode.LOCK_BUSY,
          "Lock timeout (%s): another session uses the table; run it again later or raise --lock-timeout"
              .formatted(oneLine(e)),
          e);
    }
    return new MigrationFailure(
        ExitCode.FAILED, "PostgreSQL refused (%s): %s".formatted(state, oneLine(e)), e);
  }

  /** The first line of what the server said, under all that was wrapped around it. */
  public static String rootMessage(Throwable failure) {
    Throwable root = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException) {
        root = t;
      }
    }
    return oneLine(root);
  }

  /** The first line of the server's message. */
  public static String oneLine(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().findFirst().orElse("").strip();
  }
}
