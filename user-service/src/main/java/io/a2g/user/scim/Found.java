package io.a2g.user.scim;

import java.util.List;

/**
 * One page of what was looked for.
 *
 * @param total how many there are on all pages
 */
public record Found<T>(List<T> resources, long total) {

  static <T> Found<T> nothing() {
    return new Found<>(List.of(), 0);
  }
}
