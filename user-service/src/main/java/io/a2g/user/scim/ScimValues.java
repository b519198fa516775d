package io.a2g.user.scim;

import io.a2g.common.json.StorableText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads values as leniently as directories send them, and no more. */
final class ScimValues {

  private ScimValues() {}

  /** The same node if it is an object. */
  static JsonNode requireObject(JsonNode body) {
    if (!body.isObject()) {
      throw ScimProblem.invalidSyntax("A JSON object is required.");
    }
    return body;
  }

  /**
   * A text of at most so many characters; null for null and for an empty one.
   *
   * @throws ScimProblem invalidValue for anything else
   */
  static @Nullable String text(String attribute, JsonNode value, int longest) {
    if (value.isNull()) {
      return null;
    }
    if (!value.isString() || length(value.asString()) > longest) {
      throw ScimProblem.invalidValue(
          "%s must be a text of at most %d characters.".formatted(attribute, longest));
    }
    requireStorable(value);
    String text = value.asString().strip();
    return text.isEmpty() ? null : text;
  }

  /** A truth value; Entra ID sends it as a text, such as {@code "False"}. */
  static boolean truth(String attribute, JsonNode value) {
    if (value.isBoolean()) {
      return value.asBoolean();
    }
    String text = value.isString() ? value.asString().toLowerCase(Locale.ROOT) : "";
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw ScimProblem.invalidValue(attribute + " must be true or false.");
    };
  }

  /** The id in {@code {"value": "7"}}, {@code "7"} or {@code 7}. */
  static long id(JsonNode member) {
    JsonNode value = member.isObject() ? member(member, "value") : member;
    String text = value.isString() || value.isIntegralNumber() ? value.asString() : "";
    if (!isId(text)) {
      throw ScimProblem.invalidValue("A member has no id of a user.");
    }
    return Long.parseLong(text);
  }

  /** Whether a text can be the id of a user. */
  static boolean isId(String text) {
    return text.matches("[0-9]{1,18}");
  }

  /**
   * A member of an object by its name in any case, as SCIM's names are; missing when it is none.
   */
  static JsonNode member(JsonNode object, String name) {
    for (var member : object.properties()) {
      if (member.getKey().equalsIgnoreCase(name)) {
        return member.getValue();
      }
    }
    return MissingNode.getInstance();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  static void requireStorable(JsonNode value) {
    if (value.isString() && !StorableText.isStorable(value.asString())) {
      throw ScimProblem.invalidValue("A text has a NUL character or half of a surrogate pair.");
    }
  }
}
