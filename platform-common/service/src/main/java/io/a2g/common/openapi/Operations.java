package io.a2g.common.openapi;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What operations have in common by their method, and what their parameters are. */
final class Operations {

  private static final String JSON = "application/json";
  private static final String SCHEMAS = "#/components/schemas/";
  // A request's head has 16 KB in all.
  private static final int PARAMETER_LENGTH = 2000;

  private Operations() {}

  static void complete(OpenAPI api) {
    Problems.define(api.getComponents());
    api.getPaths()
        .values()
        .forEach(path ->
            path.readOperationsMap()
                .forEach((method, operation) -> complete(api, method, operation)));
    api.getComponents()
        .getSchemas()
        .values()
        .forEach(schema -> Schemas.walk(schema, Limits::state));
  }

  private static void complete(OpenAPI api, HttpMethod method, Operation operation) {
    if (method == HttpMethod.POST) {
      operation.addParametersItem(idempotencyKey());
    }
    if (method == HttpMethod.PATCH) {
      describePatch(operation, api);
    }
    Problems.add(method, operation);
    if (operation.getParameters() != null) {
      operation.getParameters().forEach(Operations::limit);
    }
  }

  static boolean takes(Operation operation, String parameter) {
    return operation.getParameters() != null
        && operation.getParameters().stream().anyMatch(p -> parameter.equals(p.getName()));
  }

  // An absent parameter is no null.
  private static void limit(Parameter parameter) {
    Schema<?> schema = parameter.getSchema();
    Schemas.neverNull(schema);
    if (Schemas.is(schema, "string") && schema.getEnum() == null && schema.getMaxLength() == null) {
      schema.setMaxLength(PARAMETER_LENGTH);
    }
    Schemas.walk(schema, Limits::state);
  }

  // A merge patch (RFC 7396) has the fields of what it changes, none of them required.
  private static void describePatch(Operation operation, OpenAPI api) {
    Content content = operation.getRequestBody().getContent();
    String whole = requireNonNull(content.get(JSON)).getSchema().get$ref();
    String wholeName = whole.substring(SCHEMAS.length());
    String name = wholeName.replaceFirst("(Update)?Request$", "") + "Patch";
    Schema<?> fields = requireNonNull(api.getComponents().getSchemas().get(wholeName));
    JsonSchema patch = new JsonSchema();
    patch.setTypes(Set.of("object"));
    patch.setProperties(fields.getProperties());
    api.getComponents().addSchemas(name, patch);
    for (String type : List.of(JSON, "application/merge-patch+json")) {
      content.addMediaType(type, new MediaType().schema(new Schema<>().$ref(SCHEMAS + name)));
    }
    if (!isTaken(api, whole)) {
      api.getComponents().getSchemas().remove(wholeName);
    }
  }

  private static boolean isTaken(OpenAPI api, String reference) {
    return api.getPaths().values().stream()
        .flatMap(path -> path.readOperations().stream())
        .map(Operation::getRequestBody)
        .filter(Objects::nonNull)
        .flatMap(body -> body.getContent().values().stream())
        .anyMatch(media -> reference.equals(media.getSchema().get$ref()));
  }

  private static HeaderParameter idempotencyKey() {
    HeaderParameter header = new HeaderParameter();
    header
        .name("Idempotency-Key")
        .description(
            "1 to 255 visible ASCII characters; the same key and body get the same answer for 24 hours")
        .schema(new StringSchema().minLength(1).maxLength(255).pattern("^[!-~]+$"));
    return header;
  }
}
