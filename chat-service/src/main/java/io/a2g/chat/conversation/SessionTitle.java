package io.a2g.chat.conversation;

import org.jspecify.annotations.Nullable;

/** Names a session after what its user said first. */
final class SessionTitle {

  private static final int LENGTH = 50;

  private SessionTitle() {}

  /**
   * The first 50 characters, on one line; null when that leaves nothing to read.
   *
   * @param content a message
   */
  static @Nullable String of(String content) {
    String text = content.strip();
    int length = Math.min(LENGTH, text.codePointCount(0, text.length()));
    String line = oneLine(text.substring(0, text.offsetByCodePoints(0, length)));
    return line.isEmpty() ? null : line;
  }

  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(line::appendCodePoint);
    return line.toString().strip();
  }
}
