package io.a2g.user.scim;

import org.jspecify.annotations.Nullable;

/**
 * A part of a list (RFC 7644 §3.4.2.4). Out of range counts as the nearest value, as the RFC wants
 * it.
 *
 * @param startIndex of the first one, from 1
 * @param count how many at most, 0 to {@link #MOST}
 */
public record ScimPage(int startIndex, int count) {

  /** How many resources one answer holds. */
  public static final int MOST = 200;

  private static final int DEFAULT = 100;

  /** Of the request's parameters; null: absent. */
  public static ScimPage of(@Nullable Integer startIndex, @Nullable Integer count) {
    return new ScimPage(
        startIndex == null ? 1 : Math.max(1, startIndex),
        count == null ? DEFAULT : Math.clamp(count, 0, MOST));
  }

  int offset() {
    return startIndex - 1;
  }
}
