package io.a2g.common.schema;

/**
 * The schemas could not be made; the message says why and what to do, in one line and without a
 * secret.
 */
public final class SchemasNotCreated extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The kinds of failure that a script tells apart by the exit code. */
  public enum Reason {
    /** The server does not answer, refuses the credentials or has no such database. */
    UNREACHABLE(3),
    /** The user of the URL may not do what is needed. */
    NO_RIGHT(4),
    /** Anything else. */
    OTHER(5);

    private final int exitCode;

    Reason(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The exit code of the program. */
    public int exitCode() {
      return exitCode;
    }
  }

  private final Reason reason;

  SchemasNotCreated(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  SchemasNotCreated(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** The kind of failure. */
  public Reason reason() {
    return reason;
  }
}
