package io.a2g.common.migrate;

import java.util.Arrays;

/** What the migration tool tells a script; stable, documented in docs/migrations.md. */
public enum ExitCode {
  /** Done, or nothing to do. */
  OK(0),
  /** A fault of the tool itself. */
  INTERNAL(1),
  /** Migrations are pending. */
  PENDING(2),
  /**
   * Two schemas differ: entities and migrations, or migrations and database; or lint found
   * something.
   */
  DIFFERENT(3),
  /** Not done, because a rule forbids it; nothing was changed. */
  REFUSED(4),
  /** A migration or an undo failed. */
  FAILED(5),
  /** Another migration is running, or a lock timeout. */
  LOCK_BUSY(6),
  /** The database does not answer, refuses the credentials, or does not exist. */
  UNREACHABLE(7),
  /** The user has no right to do this. */
  NO_RIGHT(8),
  /** The command line is wrong. */
  USAGE(64);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number the process ends with. */
  public int code() {
    return code;
  }

  /** The one of this number; a number that is none of them, as of a killed process, is a fault. */
  public static ExitCode of(int code) {
    return Arrays.stream(values()).filter(one -> one.code == code).findFirst().orElse(INTERNAL);
  }
}
