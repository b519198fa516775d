package io.a2g.user.scim;

import tools.jackson.databind.JsonNode;

/** Bodies of SCIM requests. */
final class ScimBody {

  private ScimBody() {}

  /** The same node if it is an object. */
  static JsonNode requireObject(JsonNode body) {
    if (!body.isObject()) {
      throw ScimProblem.invalidSyntax("A JSON object is required.");
    }
    return body;
  }
}
