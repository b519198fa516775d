/** Something was not as it should be; the message is the one line the user gets. */
final class DemoFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  DemoFailure(String message) {
    super(message);
  }

  DemoFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** Throws unless the condition holds. */
  static void unless(boolean condition, String message, Object... arguments) {
    if (!condition) {
      throw new DemoFailure(message.formatted(arguments));
    }
  }
}
