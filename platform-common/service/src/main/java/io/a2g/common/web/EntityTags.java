package io.a2g.common.web;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;

/** Strong entity tags made of a row's version (RFC 9110, section 13). */
public final class EntityTags {

  private EntityTags() {}

  /** The {@code ETag} header of a row. */
  public static String of(int version) {
    return "\"" + version + "\"";
  }

  /**
   * Stops an update of a row that changed since the caller read it.
   *
   * @param ifMatch the {@code If-Match} header; absent means "whatever the version"
   * @throws ProblemException 412 when no given tag is the row's; 400 when the header is malformed
   */
  public static void requireMatch(@Nullable String ifMatch, int version) {
    requireMatch(ifMatch, Integer.toString(version));
  }

  /** As above, for what has a tag of its own making. */
  public static void requireMatch(@Nullable String ifMatch, String current) {
    if (ifMatch == null) {
      return;
    }
    List<ETag> tags = ETag.parse(ifMatch);
    if (tags.isEmpty()) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "If-Match is malformed; send the ETag of the last read.");
    }
    boolean matches =
        tags.stream()
            .anyMatch(tag -> tag.isWildcard() || (!tag.weak() && tag.tag().equals(current)));
    if (!matches) {
      throw new ProblemException(
          ProblemType.PRECONDITION_FAILED, "Its ETag is now \"" + current + "\"; read it again.");
    }
  }
}
