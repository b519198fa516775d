package io.a2g.user.scim;

import java.util.List;

/**
 * One page of results.
 *
 * @param total how many there are on all pages
 */
public record ScimResults<T>(List<T> resources, long total) {

  static <T> ScimResults<T> nothing() {
    return new ScimResults<>(List.of(), 0);
  }
}
