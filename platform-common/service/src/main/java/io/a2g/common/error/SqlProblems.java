package io.a2g.common.error;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What a failure in PostgreSQL means to the caller, by SQLSTATE (PostgreSQL manual, appendix A).
 * This is the last net: features check what they can before they write.
 */
final class SqlProblems {

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(5);

  private final Map<String, ConstraintProblem> byConstraint;

  SqlProblems(List<ConstraintProblem> constraints) {
    this.byConstraint =
        constraints.stream()
            .collect(Collectors.toMap(ConstraintProblem::constraint, Function.identity()));
  }

  /** The problem for a failure with an SQL cause; empty when it is our own bug. */
  Optional<ProblemException> explain(Throwable failure) {
    SQLException cause = sqlCause(failure);
    if (cause == null) {
      return Optional.empty();
    }
    if (cause.getSQLState() == null) {
      // Not the server's words but the pool's: the connection is gone.
      return Optional.of(unavailable());
    }
    return Optional.ofNullable(explain(cause, cause.getSQLState()));
  }

  private @Nullable ProblemException explain(SQLException cause, String state) {
    return switch (state) {
      case "23505" -> alreadyExists(cause);
      case "23503" ->
          new ProblemException(
              ProblemType.REFERENCE_NOT_FOUND, "The request refers to something that is gone.");
      case "40001", "40P01", "55P03" ->
          new RetryLater("The rows are busy; nothing was stored.", SOON);
      // Objects and rights come with migrations; another service's may not have run yet.
      case "42P01", "42883", "42501", "3F000" ->
          new RetryLater("The database schema is not complete yet.", LATER);
      // A server that became a standby; sessions and transactions that it ended.
      case "25006", "25P03", "25P04" -> unavailable();
      case "57014" -> new RetryLater("The database took too long; nothing was stored.", LATER);
      default -> byClass(state.substring(0, 2));
    };
  }

  private static @Nullable ProblemException byClass(String sqlClass) {
    return switch (sqlClass) {
      case "22" ->
          new ProblemException(
              ProblemType.INVALID_REQUEST,
              "A value has a character or size that cannot be stored.");
      case "23" ->
          new ProblemException(
              ProblemType.VALIDATION_FAILED, "A value breaks a rule of the database.");
      case "08", "53", "54", "55", "57", "58" -> unavailable();
      default -> null;
    };
  }

  static RetryLater unavailable() {
    return new RetryLater("The database is not available.", LATER);
  }

  private ProblemException alreadyExists(SQLException cause) {
    ConstraintProblem known = byConstraint.get(constraintOf(cause));
    if (known == null) {
      return new ProblemException(ProblemType.ALREADY_EXISTS, "The same thing is stored already.");
    }
    return new ProblemException(
        ProblemType.ALREADY_EXISTS,
        known.message(),
        List.of(new FieldProblem(known.field(), "already_exists", known.message())));
  }

  private static String constraintOf(SQLException cause) {
    ServerErrorMessage message =
        cause instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    String constraint = message == null ? null : message.getConstraint();
    return constraint == null ? "" : constraint;
  }

  private static @Nullable SQLException sqlCause(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      // A batch wraps the server's error, which alone names the constraint.
      if (t instanceof SQLException sql) {
        return sql.getNextException() instanceof PSQLException inner ? inner : sql;
      }
    }
    return null;
  }
}
