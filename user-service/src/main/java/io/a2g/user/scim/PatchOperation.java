package io.a2g.user.scim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * One operation of a PATCH.
 *
 * @param path null: the value is an object whose members are the paths
 * @param value the JSON null when there is none
 */
record PatchOperation(Kind kind, @Nullable String path, JsonNode value) {

  private static final int MOST = 100;

  /** The kinds of operations. */
  enum Kind {
    ADD,
    REPLACE,
    REMOVE
  }

  /**
   * Reads the operations of a PatchOp message. Entra ID writes {@code Replace}, others {@code
   * replace}; some write {@code operations}.
   *
   * @throws ScimProblem when it is none
   */
  static List<PatchOperation> all(JsonNode message) {
    JsonNode operations = ScimValues.member(ScimValues.requireObject(message), "Operations");
    if (!operations.isArray() || operations.isEmpty()) {
      throw ScimProblem.invalidSyntax("A PATCH has a list of Operations.");
    }
    if (operations.size() > MOST) {
      throw ScimProblem.tooMany("A PATCH has at most %d operations.".formatted(MOST));
    }
    List<PatchOperation> read = new ArrayList<>();
    for (JsonNode operation : operations) {
      read.add(of(ScimValues.requireObject(operation)));
    }
    return read;
  }

  private static PatchOperation of(JsonNode operation) {
    JsonNode path = ScimValues.member(operation, "path");
    JsonNode value = ScimValues.member(operation, "value");
    PatchOperation read =
        new PatchOperation(
            kind(ScimValues.member(operation, "op").asString("")),
            path.isString() ? path.asString() : null,
            value.isMissingNode() ? NullNode.getInstance() : value);
    if (read.path == null && read.kind == Kind.REMOVE) {
      throw ScimProblem.noTarget("A remove operation needs a path.");
    }
    if (read.path == null && !read.value.isObject()) {
      throw ScimProblem.invalidSyntax("Without a path the value is an object.");
    }
    return read;
  }

  private static Kind kind(String op) {
    return switch (op.toLowerCase(Locale.ROOT)) {
      case "add" -> Kind.ADD;
      case "replace" -> Kind.REPLACE;
      case "remove" -> Kind.REMOVE;
      default -> throw ScimProblem.invalidSyntax("op is add, replace or remove.");
    };
  }
}
