package io.a2g.common.orphan;

/** A reference cannot be looked at; the message says why and is fit for an administrator. */
final class NotAudited extends Exception {

  private static final long serialVersionUID = 1L;

  NotAudited(String message, Throwable cause) {
    super(message, cause);
  }

  NotAudited(String message) {
    super(message);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
