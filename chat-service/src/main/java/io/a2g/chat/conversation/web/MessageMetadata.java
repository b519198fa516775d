package io.a2g.chat.conversation.web;

import io.a2g.common.error.FieldProblem;
import io.a2g.common.error.InvalidRequest;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.json.StorableText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Free-form JSON that PostgreSQL can keep. */
final class MessageMetadata {

  private static final String FIELD = "metadata";
  private static final int MAX_BYTES = 16 * 1024;

  private MessageMetadata() {}

  /**
   * The object as compact JSON.
   *
   * @throws ProblemException 400 for characters or numbers that cannot be stored, 422 above 16 KB
   */
  static String text(ObjectNode metadata) {
    requireStorable(metadata);
    String text = metadata.toString();
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new InvalidRequest(FIELD, "size", "may have at most " + MAX_BYTES + " bytes as JSON");
    }
    return text;
  }

  // The strict reader checks text fields of records, not what is inside a tree.
  private static void requireStorable(JsonNode node) {
    if (node.isString() && !StorableText.isStorable(node.stringValue())) {
      throw invalid("invalid_character", "has a NUL character or half of a surrogate pair");
    }
    if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
      throw invalid("invalid_value", "has a number that is out of range");
    }
    for (var field : node.properties()) {
      if (!StorableText.isStorable(field.getKey())) {
        throw invalid("invalid_character", "has a NUL character or half of a surrogate pair");
      }
      requireStorable(field.getValue());
    }
    if (node.isArray()) {
      node.forEach(MessageMetadata::requireStorable);
    }
  }

  private static ProblemException invalid(String code, String message) {
    return new ProblemException(
        ProblemType.INVALID_BODY,
        FIELD + " " + message + ".",
        List.of(new FieldProblem(FIELD, code, message)));
  }
}
