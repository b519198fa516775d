package io.a2g.common.migrate;

import org.jspecify.annotations.Nullable;

/**
 * A command that could not be done. The message is one line for an operator, says what to do next,
 * and holds no secret.
 */
public final class MigrationFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  /** With the failure that led to it, whose text is only shown when traces are asked for. */
  public MigrationFailure(ExitCode exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Without a cause: a rule of ours. */
  public MigrationFailure(ExitCode exitCode, String message) {
    this(exitCode, message, null);
  }

  /** Refused by a rule; nothing was changed. */
  public static MigrationFailure refused(String message) {
    return new MigrationFailure(ExitCode.REFUSED, message);
  }

  /** What the process ends with. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
