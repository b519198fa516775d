package io.a2g.agent.knowledge;

import io.a2g.common.error.InvalidRequest;
import io.a2g.common.json.StorableText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON object that PostgreSQL can store.
 *
 * @param json its text, at most 16 KB in UTF-8
 */
record Metadata(String json) {

  private static final int MAX_BYTES = 16 * 1024;

  /**
   * Checks an object that a caller gave.
   *
   * @param field where it stands in the request
   * @param object empty when null
   * @throws InvalidRequest naming the field
   */
  static Metadata of(String field, @Nullable ObjectNode object) {
    if (object == null) {
      return new Metadata("{}");
    }
    requireStorable(field, object);
    String json = object.toString();
    if (json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new InvalidRequest(field, "size", "may have at most %d bytes".formatted(MAX_BYTES));
    }
    return new Metadata(json);
  }

  boolean isEmpty() {
    return json.equals("{}");
  }

  private static void requireStorable(String field, JsonNode node) {
    for (var entry : node.properties()) {
      requireStorable(field, entry.getKey());
    }
    if (node.isString()) {
      requireStorable(field, node.stringValue());
    }
    // A number too large for a double was read as infinite, which is no JSON.
    if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
      throw new InvalidRequest(field, "finite", "has a number that is too large");
    }
    node.forEach(child -> requireStorable(field, child));
  }

  private static void requireStorable(String field, String text) {
    if (!StorableText.isStorable(text)) {
      throw new InvalidRequest(
          field, "invalid_character", "has a NUL character or half of a surrogate pair");
    }
  }
}
