package io.a2g.common.testkit.openapi;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * An operation of a document.
 *
 * @param method in lower case
 * @param path with its parameters in braces
 * @param node what the document says of it
 */
public record ApiOperation(String method, String path, JsonNode node) {

  boolean matches(String otherMethod, String otherPath) {
    return method.equals(otherMethod.toLowerCase(Locale.ROOT))
        && otherPath.matches(path.replaceAll("\\{[^/]+}", "[^/]+"));
  }

  @Override
  public String toString() {
    return method.toUpperCase(Locale.ROOT) + " " + path;
  }
}
