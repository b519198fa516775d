package io.a2g.chat.file.web;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpRange;

/** What a download makes of Range and If-Range (RFC 9110, 13.1.5 and 14). */
final class Ranges {

  private Ranges() {}

  /**
   * Whether a part is asked for; else the whole file is. A unit that is not known is ignored, and
   * so is a range of what was another file.
   *
   * @param tag the file's ETag
   */
  static boolean areAskedFor(@Nullable String range, @Nullable String ifRange, String tag) {
    return range != null && range.startsWith("bytes=") && (ifRange == null || ifRange.equals(tag));
  }

  /**
   * Spring MVC serves the ranges; of those that it cannot serve, it would not say why.
   *
   * @param size of the file in bytes
   * @throws RangeNotSatisfiable when the file has no such range
   */
  static void requireSatisfiable(@Nullable String range, Resource content, long size) {
    try {
      HttpRange.toResourceRegions(HttpRange.parseRanges(range), content);
    } catch (IllegalArgumentException e) {
      throw new RangeNotSatisfiable(size);
    }
  }
}
