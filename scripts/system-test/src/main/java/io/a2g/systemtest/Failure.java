package io.a2g.systemtest;

import com.google.errorprone.annotations.FormatMethod;

/** Something was not as it should be; the message is the one line the user gets. */
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1;

  public Failure(String message) {
    super(message);
  }

  public Failure(String message, Throwable cause) {
    super(message, cause);
  }

  /** Throws unless the condition holds. */
  @FormatMethod
  public static void unless(boolean condition, String message, Object... arguments) {
    if (!condition) {
      throw new Failure(message.formatted(arguments));
    }
  }
}
