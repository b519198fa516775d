package io.a2g.user.scim;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values a filter asks for, by attribute.
 *
 * @param contradictory whether one attribute shall have two values, which nobody has
 */
record Terms(Map<String, String> values, boolean contradictory) {

  /**
   * Reads a filter.
   *
   * @param filter null: none
   * @param attributes what may be asked for, lower case
   * @throws ScimProblem invalidFilter when it asks for anything else
   */
  static Terms of(@Nullable String filter, Set<String> attributes) {
    Map<String, String> values = new HashMap<>();
    boolean contradictory = false;
    if (filter != null) {
      for (ScimFilter.Term term : ScimFilter.parse(filter).terms()) {
        if (!attributes.contains(term.attribute())) {
          throw ScimProblem.invalidFilter(
              "Filters can name " + String.join(", ", attributes.stream().sorted().toList()) + ".");
        }
        String other = values.putIfAbsent(term.attribute(), term.text());
        contradictory |= other != null && !other.equals(term.text());
      }
    }
    return new Terms(values, contradictory);
  }

  /** What an attribute shall be; null: anything. */
  @Nullable String text(String attribute) {
    return values.get(attribute);
  }
}
