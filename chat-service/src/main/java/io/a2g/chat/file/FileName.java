package io.a2g.chat.file;

import io.a2g.common.error.InvalidRequest;
import io.a2g.common.json.StorableText;
import java.text.Normalizer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which names of uploads are taken. A name is data and never part of a path here, but others will
 * save the file under it: what could mislead them is refused, not cleaned. Only its characters are
 * composed (NFC): macOS sends them taken apart, and the same name would be two.
 */
final class FileName {

  private static final int MAX_LENGTH = 255;

  private FileName() {}

  /**
   * The name in NFC.
   *
   * @throws InvalidRequest when it is not acceptable
   */
  static String require(@Nullable String name) {
    String given = name == null ? "" : Normalizer.normalize(name, Normalizer.Form.NFC);
    complaint(given)
        .ifPresent(message -> {
          throw new InvalidRequest("file", "invalid_name", message);
        });
    return given;
  }

  private static Optional<String> complaint(String name) {
    if (name.isBlank()) {
      return Optional.of("needs a file name");
    }
    if (name.codePointCount(0, name.length()) > MAX_LENGTH) {
      return Optional.of("has a name of more than " + MAX_LENGTH + " characters");
    }
    if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
      return Optional.of("has a name with a path in it");
    }
    if (name.chars().allMatch(c -> c == '.')) {
      return Optional.of("has a name of dots alone");
    }
    if (!StorableText.isStorable(name) || name.codePoints().anyMatch(FileName::misleads)) {
      return Optional.of("has a name with control characters");
    }
    if (name.indexOf('\uFFFD') >= 0) {
      return Optional.of("has a name that is not UTF-8");
    }
    return Optional.empty();
  }

  // Controls break lines in headers and logs; bidirectional overrides make exe.txt of txt.exe.
  private static boolean misleads(int c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.LINE_SEPARATOR
        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
