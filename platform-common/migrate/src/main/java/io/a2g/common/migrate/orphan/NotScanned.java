package io.a2g.common.migrate.orphan;

import io.a2g.common.topology.ReferenceTarget;
import io.a2g.common.topology.TargetStates;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A reference cannot be scanned; the message says why and what to do, is fit for an administrator,
 * and holds no SQL.
 */
final class NotScanned extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotScanned(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  NotScanned(String message) {
    this(message, null);
  }

  /** The owner of the target did not answer, wherever it is. */
  static NotScanned because(ReferenceTarget target, RuntimeException failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException e) {
        return new NotScanned(explain(target, String.valueOf(e.getSQLState())), failure);
      }
      if (t instanceof TargetStates.NotAnswered e) {
        return new NotScanned(String.valueOf(e.getMessage()), failure);
      }
    }
    return new NotScanned(
        "%s cannot be asked (%s)"
            .formatted(target.owner().serviceName(), failure.getClass().getSimpleName()),
        failure);
  }

  private static String explain(ReferenceTarget target, String state) {
    String function = target.statesFunction();
    String owner = target.owner().serviceName();
    return switch (state) {
      case "42883", "3F000" -> "%s is not there: migrate %s".formatted(function, owner);
      case "42501" ->
          "no right to call %s: run create-schemas, then migrate %s".formatted(function, owner);
      default -> "%s does not answer (SQLSTATE %s)".formatted(function, state);
    };
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
