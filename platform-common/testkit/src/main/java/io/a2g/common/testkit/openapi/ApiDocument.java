package io.a2g.common.testkit.openapi;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OpenAPI 3.1 document, and whether answers are what it says. A described object has no other
 * members than the described ones, although a client has to live with more.
 */
public final class ApiDocument {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "patch", "head", "options", "trace");
  private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDialect(Dialects.getOpenApi31());

  private static final String COMPONENTS = "#/components/schemas/";

  private final JsonNode document;
  private final JsonNode definitions;
  private final List<ApiOperation> operations;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  private ApiDocument(JsonNode document) {
    this.document = document;
    this.definitions =
        JSON.readTree(
            document.at("/components/schemas").toString().replace(COMPONENTS, "#/$defs/"));
    this.operations =
        document
            .path("paths")
            .propertyStream()
            .flatMap(path ->
                path.getValue()
                    .propertyStream()
                    .filter(method -> METHODS.contains(method.getKey()))
                    .map(method ->
                        new ApiOperation(method.getKey(), path.getKey(), method.getValue())))
            // The literal path before the one that has a parameter there.
            .sorted(Comparator.comparing(operation -> operation.path().replace('{', '\uffff')))
            .toList();
  }

  /** Reads a document of JSON text. */
  public static ApiDocument of(String text) {
    JsonNode document = JSON.readTree(text);
    document.at("/components/schemas").forEach(ApiDocument::close);
    return new ApiDocument(document);
  }

  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.has("properties")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    schema.forEach(ApiDocument::close);
  }

  /** All operations, sorted by path. */
  public List<ApiOperation> operations() {
    return operations;
  }

  /**
   * What is wrong with an answer.
   *
   * @param path with or without a query
   * @param mediaType the answer's Content-Type; null: it has none
   * @return one line for each fault; none when the request is for no operation of the document
   */
  public List<String> faults(
      String method, String path, int status, @Nullable String mediaType, byte[] body) {
    return operations.stream()
        .filter(operation -> operation.matches(method, path.replaceFirst("\\?.*", "")))
        .findFirst()
        .map(operation -> faults(operation, status, mediaType, body))
        .orElse(List.of());
  }

  private List<String> faults(
      ApiOperation operation, int status, @Nullable String mediaType, byte[] body) {
    JsonNode response = resolve(operation.node().path("responses").path(String.valueOf(status)));
    if (response.isMissingNode()) {
      return List.of(operation + " documents no " + status);
    }
    String what = operation + " " + status;
    JsonNode content = response.path("content");
    if (content.isEmpty()) {
      return body.length == 0 ? List.of() : List.of(what + " has a body, and documents none");
    }
    String type = mediaType == null ? "" : mediaType.replaceFirst("\\s*;.*", "");
    return entry(content, type)
        .map(media -> faults(what, media.path("schema"), type, body))
        .orElseGet(() -> List.of(what + " documents no '" + type + "'"));
  }

  private static Optional<JsonNode> entry(JsonNode content, String type) {
    return Optional.ofNullable(content.get(type)).or(() -> Optional.ofNullable(content.get("*/*")));
  }

  private List<String> faults(String what, JsonNode schema, String type, byte[] body) {
    if (schema.isMissingNode() || !(type.equals("application/json") || type.endsWith("+json"))) {
      return List.of();
    }
    try {
      JsonNode value = JSON.readTree(body);
      List<String> faults = new ArrayList<>();
      compiled(schema)
          .validate(value, context -> context.executionConfig(c -> c.formatAssertionsEnabled(true)))
          .forEach(error -> faults.add(what + ": " + error));
      return faults;
    } catch (JacksonException e) {
      return List.of(what + " is no JSON: " + new String(body, StandardCharsets.UTF_8));
    }
  }

  private Schema compiled(JsonNode schema) {
    return schemas.computeIfAbsent(
        schema.toString(),
        text -> {
          ObjectNode whole = (ObjectNode) JSON.readTree(text.replace(COMPONENTS, "#/$defs/"));
          whole.set("$defs", definitions);
          return SCHEMAS.getSchema(whole);
        });
  }

  /** What a reference within the document leads to; anything else as it is. */
  public JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
  }
}
