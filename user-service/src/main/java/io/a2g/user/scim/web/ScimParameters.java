package io.a2g.user.scim.web;

import io.a2g.user.scim.ScimPage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Query parameters of reads (RFC 7644 §3.4.2); null: absent. */
record ScimParameters(
    @Nullable String filter,
    @Nullable Integer startIndex,
    @Nullable Integer count,
    @Nullable String attributes,
    @Nullable String excludedAttributes) {

  /** Of the body of a search by POST (RFC 7644 §3.4.3), which has the same names. */
  static ScimParameters of(JsonNode body) {
    return new ScimParameters(
        text(body, "filter"),
        number(body, "startIndex"),
        number(body, "count"),
        text(body, "attributes"),
        text(body, "excludedAttributes"));
  }

  ScimPage page() {
    return ScimPage.of(startIndex, count);
  }

  Projection shown() {
    return Projection.of(attributes, excludedAttributes);
  }

  // A list of names stands for the names with commas.
  private static @Nullable String text(JsonNode body, String name) {
    JsonNode value = body.path(name);
    if (value.isArray()) {
      return value.valueStream().map(one -> one.asString("")).collect(Collectors.joining(","));
    }
    return value.isString() ? value.asString() : null;
  }

  private static @Nullable Integer number(JsonNode body, String name) {
    JsonNode value = body.path(name);
    return value.canConvertToInt() ? value.asInt() : null;
  }
}
