package io.a2g.common.logging;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes text fit for a log. Every pattern takes time in proportion to the text. */
final class LogText {

  private static final int LONGEST = 16_384;
  private static final String HIDDEN = "***";

  private static final Pattern API_KEY = Pattern.compile("a2g(_|%5[Ff])[0-9A-Za-z]{8,}");
  private static final Pattern JWT =
      Pattern.compile("(?<![\\w-])eyJ[\\w-]{5,}\\.[\\w-]{5,}(\\.[\\w-]*)*");
  private static final Pattern CREDENTIALS =
      Pattern.compile("(?i)\\b(Bearer|Basic)\\s+[A-Za-z0-9._~+/=-]{16,}");
  private static final Pattern URL_PASSWORD = Pattern.compile("(://[^\\s/:@]*:)[^\\s/]*@");
  // As a parameter, as a property and as a member of JSON.
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)(password|passwd|pwd|client_secret|secret|access_token|refresh_token|id_token|token|api[_-]?key)(\\s*=\\s*|\"\\s*:\\s*\")[^\\s\"&,;]+");

  private LogText() {}

  /**
   * One line without secrets. What ends or turns a line is written as an escape, so that a value
   * cannot pass for a line of its own.
   */
  static @Nullable String line(@Nullable String text) {
    return text == null ? null : escape(masked(text), false);
  }

  /** As above, but line feeds stay. */
  static @Nullable String lines(@Nullable String text) {
    return text == null ? null : escape(masked(text), true);
  }

  private static String masked(String text) {
    String result = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    result = API_KEY.matcher(result).replaceAll("a2g_" + HIDDEN);
    result = JWT.matcher(result).replaceAll(HIDDEN);
    result = CREDENTIALS.matcher(result).replaceAll("$1 " + HIDDEN);
    result = URL_PASSWORD.matcher(result).replaceAll("$1" + HIDDEN + "@");
    return NAMED.matcher(result).replaceAll("$1$2" + HIDDEN);
  }

  private static String escape(String text, boolean lineFeedsStay) {
    if (text.chars().noneMatch(LogText::misleads)) {
      return text;
    }
    StringBuilder result = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!misleads(c) || (lineFeedsStay && c == '\n')) {
        result.append(c);
      } else {
        result.append(
            switch (c) {
              case '\n' -> "\\n";
              case '\r' -> "\\r";
              default -> "\\u%04x".formatted((int) c);
            });
      }
    }
    return result.toString();
  }

  // Control characters but the tab, line and paragraph separators, and what turns the direction of
  // writing.
  private static boolean misleads(int c) {
    return (Character.isISOControl(c) && c != '\t')
        || c == '\u2028'
        || c == '\u2029'
        || (c >= '\u202A' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069');
  }
}
