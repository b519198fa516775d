package io.a2g.common.json;

import java.text.Normalizer;

/** Which text is stored: what PostgreSQL can keep in a UTF-8 database, in one form (NFC). */
public final class StorableText {

  // Below it no character composes with another: most text needs no closer look.
  private static final char FIRST_COMBINING = '\u0300';

  private StorableText() {}

  /**
   * The text with composed characters, as most systems write them; macOS takes them apart, and what
   * looks the same would not be found.
   *
   * @throws IllegalArgumentException when it is not storable
   */
  public static String of(String text) {
    if (!isStorable(text)) {
      throw new IllegalArgumentException("has a NUL character or half of a surrogate pair");
    }
    return text.chars().allMatch(c -> c < FIRST_COMBINING)
        ? text
        : Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /** False for text with a NUL character or an unpaired surrogate. */
  public static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
