package io.a2g.common.idempotency;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;

/**
 * One use of the header, scoped to the caller and the address, so that nobody meets somebody else's
 * answers.
 *
 * @param callerId the user, or {@link #STRANGER}
 * @param route method and path
 * @param text the header's value without quotes, 1 to 255 visible ASCII characters
 */
record IdempotencyKey(long callerId, String route, String text) {

  static final String HEADER = "Idempotency-Key";

  /** Without a credential; all strangers share the keys, so theirs must be hard to guess. */
  static final long STRANGER = 0;

  private static final int MAX_LENGTH = 255;
  private static final int MIN_LENGTH_OF_STRANGER = 32;

  /** The header is a quoted string by the draft standard; most clients send it bare. Both work. */
  static IdempotencyKey parse(long callerId, String route, String header) {
    String text = header.strip();
    if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
      text = text.substring(1, text.length() - 1);
    }
    boolean visible = text.chars().allMatch(c -> c > ' ' && c < 127);
    if (text.isEmpty() || text.length() > MAX_LENGTH || !visible) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "Idempotency-Key takes 1 to 255 visible ASCII characters, such as a UUID.");
    }
    if (callerId == STRANGER && text.length() < MIN_LENGTH_OF_STRANGER) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "Without a credential Idempotency-Key takes at least 32 characters, such as a UUID: who knows it gets the first answer again.");
    }
    return new IdempotencyKey(callerId, route, text);
  }

  byte[] hash() {
    return Fingerprint.sha256(text);
  }
}
