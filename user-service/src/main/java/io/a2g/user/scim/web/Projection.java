package io.a2g.user.scim.web;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that a response has (RFC 7644 §3.9). Sub-attributes count as their attribute.
 *
 * @param only lower case; empty: all
 * @param without lower case
 */
record Projection(Set<String> only, Set<String> without) {

  static final Projection ALL = new Projection(Set.of(), Set.of());

  private static final Set<String> ALWAYS = Set.of("id", "schemas");

  /** Of the request's parameters; null: absent. */
  static Projection of(@Nullable String attributes, @Nullable String excludedAttributes) {
    return new Projection(names(attributes), names(excludedAttributes));
  }

  boolean wants(String attribute) {
    String name = attribute.toLowerCase(Locale.ROOT);
    return ALWAYS.contains(name)
        || (!without.contains(name) && (only.isEmpty() || only.contains(name)));
  }

  Map<String, Object> of(Map<String, Object> resource) {
    Map<String, Object> shown = new LinkedHashMap<>(resource);
    shown.keySet().removeIf(attribute -> !wants(attribute));
    return shown;
  }

  private static Set<String> names(@Nullable String list) {
    return list == null
        ? Set.of()
        : Stream.of(list.split(",", -1))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .map(name -> name.substring(name.lastIndexOf(':') + 1).replaceFirst("\\..*", ""))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }
}
