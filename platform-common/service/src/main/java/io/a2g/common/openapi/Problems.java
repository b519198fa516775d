package io.a2g.common.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The refusals that operations have in common, each described once. */
final class Problems {

  private static final String SCHEMA = "Problem";
  private static final String RATE_LIMIT = "RateLimit";
  private static final BigDecimal AN_HOUR = BigDecimal.valueOf(3600);

  private static final Map<String, String> TEXTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "400", "Malformed body or cursor; malformed, unknown or repeated parameter"),
              Map.entry("401", "No valid credential"),
              Map.entry("403", "The role or the scope does not allow this"),
              Map.entry("404", "Not found, or not for this caller"),
              Map.entry("406", "It is not to be had in a type that Accept names"),
              Map.entry("408", "The body came too slowly"),
              Map.entry("409", "It conflicts with what is stored"),
              Map.entry("412", "If-Match names an old version"),
              Map.entry("413", "The body is too large"),
              Map.entry("414", "The address is too long"),
              Map.entry("415", "The body is of a media type or coding that is not taken"),
              Map.entry("422", "A rule is broken"),
              Map.entry("431", "The headers are too long"),
              Map.entry("429", "Too many requests of this user, key or address; see Retry-After"),
              Map.entry("500", "A fault of the platform; trace_id finds it in the logs"),
              Map.entry("503", "Overloaded, or the database is not available; see Retry-After")));

  private static final List<String> ALWAYS =
      List.of("400", "401", "403", "404", "406", "414", "429", "431", "500", "503");
  private static final List<String> OF_WRITES = List.of("408", "409", "413", "415", "422");
  private static final List<String> WITH_RETRY_AFTER = List.of("429", "503");

  private Problems() {}

  static void define(Components components) {
    components.addSchemas(SCHEMA, schema());
    components.addHeaders(
        RATE_LIMIT,
        new Header()
            .description("What is left of the caller's rate: \"user\";r=requests;t=seconds")
            .schema(new StringSchema().maxLength(200)));
    TEXTS.forEach((status, text) -> components.addResponses(name(status), response(status, text)));
  }

  static void add(HttpMethod method, Operation operation) {
    ALWAYS.forEach(status -> add(operation, status));
    if (method != HttpMethod.GET) {
      OF_WRITES.forEach(status -> add(operation, status));
    }
    if (Operations.takes(operation, "If-Match")) {
      add(operation, "412");
    }
    operation.getResponses().values().stream()
        .filter(response -> response.get$ref() == null)
        .forEach(Problems::addRateLimit);
  }

  private static void addRateLimit(ApiResponse response) {
    response.addHeaderObject(RATE_LIMIT, new Header().$ref("#/components/headers/" + RATE_LIMIT));
  }

  private static void add(Operation operation, String status) {
    operation
        .getResponses()
        .putIfAbsent(status, new ApiResponse().$ref("#/components/responses/" + name(status)));
  }

  private static String name(String status) {
    return SCHEMA + status;
  }

  private static ApiResponse response(String status, String text) {
    ApiResponse response =
        new ApiResponse()
            .description(text)
            .content(
                new Content()
                    .addMediaType(
                        "application/problem+json",
                        new MediaType()
                            .schema(new Schema<>().$ref("#/components/schemas/" + SCHEMA))));
    addRateLimit(response);
    if (WITH_RETRY_AFTER.contains(status)) {
      response.addHeaderObject(
          "Retry-After",
          new Header()
              .description("Seconds")
              .schema(
                  new IntegerSchema().format("int32").minimum(BigDecimal.ZERO).maximum(AN_HOUR)));
    }
    return response;
  }

  private static Schema<?> schema() {
    Schema<?> problem =
        new ObjectSchema()
            .description("RFC 9457 problem details; some codes have members of their own")
            .addProperty("type", new StringSchema().format("uri"))
            .addProperty("title", new StringSchema())
            .addProperty("status", new IntegerSchema().format("int32"))
            .addProperty("detail", new StringSchema())
            .addProperty("instance", new StringSchema().format("uri-reference"))
            .addProperty("code", new StringSchema().description("Stable; switch on this"))
            .addProperty("trace_id", new StringSchema().pattern("^[0-9a-f]{32}$"))
            .addProperty("errors", new ArraySchema().items(fieldSchema()));
    // What is refused before it is a request of the API belongs to no trace.
    problem.setRequired(List.of("type", "title", "status", "code"));
    problem.setAdditionalProperties(true);
    return problem;
  }

  private static Schema<?> fieldSchema() {
    Schema<?> field =
        new ObjectSchema()
            .addProperty("field", new StringSchema())
            .addProperty("code", new StringSchema())
            .addProperty("message", new StringSchema());
    field.setRequired(List.of("field", "code", "message"));
    return field;
  }
}
