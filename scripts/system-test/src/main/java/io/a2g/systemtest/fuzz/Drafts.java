package io.a2g.systemtest.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.a2g.common.testkit.openapi.ApiDocument;
import io.a2g.common.testkit.openapi.ApiOperation;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Requests for an operation as its document describes them, with values at the limits. */
final class Drafts {

  private static final String BOUNDARY = "a2g-fuzz-5cbe0a4f";
  private static final int LARGEST = 2_000_000;
  private static final List<String> TAGS = List.of("*", "\"0\"", "\"1\"", "W/\"1\"", "\"", "x");
  private static final List<byte[]> BROKEN =
      List.of(
          new byte[0],
          "{".getBytes(UTF_8),
          "[]".getBytes(UTF_8),
          "null".getBytes(UTF_8),
          "{} {}".getBytes(UTF_8),
          "{\"a\":1,\"a\":2}".getBytes(UTF_8),
          "{\"name\":\"\\ud800\"}".getBytes(UTF_8),
          new byte[] {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'},
          ("[".repeat(100) + "]".repeat(100)).getBytes(UTF_8),
          ("{\"name\":\"" + "x".repeat(1_500_000) + "\"}").getBytes(UTF_8));

  private final ApiDocument document;
  private final KnownIds ids;
  private final RandomGenerator random;
  private final Values values;

  Drafts(ApiDocument document, KnownIds ids, RandomGenerator random) {
    this.document = document;
    this.ids = ids;
    this.random = random;
    this.values = new Values(document, ids, random);
  }

  Draft draft(ApiOperation operation) {
    String path = operation.path();
    var query = new StringBuilder();
    Map<String, String> headers = new LinkedHashMap<>();
    for (JsonNode parameter : operation.node().path("parameters").values()) {
      String name = parameter.path("name").asString();
      switch (parameter.path("in").asString()) {
        case "path" -> path = path.replace("{" + name + "}", encoded(pathValue(path, parameter)));
        case "query" -> query.append(query(parameter));
        default -> header(parameter, headers);
      }
    }
    if (values.oneIn(40)) {
      headers.put("Accept", "text/csv");
    }
    byte[] body = body(operation, headers);
    String whole = path + query.toString().replaceFirst("&", "?");
    return new Draft(operation.method().toUpperCase(Locale.ROOT), whole, headers, body);
  }

  private String pathValue(String path, JsonNode parameter) {
    String name = parameter.path("name").asString();
    String collection = path.substring(0, path.indexOf("/{" + name + "}"));
    return values.oneIn(5)
        ? text(parameter)
        : ids.in(collection, random).orElseGet(() -> text(parameter));
  }

  private String query(JsonNode parameter) {
    boolean required = parameter.path("required").asBoolean(false);
    if (!required && !values.oneIn(3)) {
      return "";
    }
    String name = parameter.path("name").asString();
    String text = "&" + name + "=" + encoded(text(parameter));
    return values.oneIn(40) ? text + text : text;
  }

  private void header(JsonNode parameter, Map<String, String> headers) {
    if (values.oneIn(4)) {
      String name = parameter.path("name").asString();
      String text = name.equals("If-Match") ? values.any(TAGS) : text(parameter);
      // What no HTTP client sends is not the document's matter.
      headers.put(name, text.replaceAll("[^!-~]", "~"));
    }
  }

  // Ids are of this run or at the limits; 1 may be the first administrator.
  private String text(JsonNode parameter) {
    JsonNode value = values.of(parameter.path("schema"), parameter.path("name").asString());
    String text = value.isString() ? value.asString() : value.toString();
    if (text.isEmpty() || (text.matches("[1-9][0-9]{0,2}") && isId(parameter))) {
      return "0";
    }
    return text.length() > 1000 ? text.substring(0, 1000) : text;
  }

  private static boolean isId(JsonNode parameter) {
    return parameter.path("name").asString().endsWith("id")
        && parameter.path("in").asString().equals("path");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  private byte[] body(ApiOperation operation, Map<String, String> headers) {
    JsonNode content = operation.node().path("requestBody").path("content");
    if (content.isEmpty()) {
      return new byte[0];
    }
    String type = values.any(List.copyOf(content.propertyNames()));
    JsonNode schema = content.path(type).path("schema");
    if (type.equals("multipart/form-data")) {
      headers.put("Content-Type", type + "; boundary=" + BOUNDARY);
      return form(document.resolve(schema));
    }
    headers.put("Content-Type", values.oneIn(60) ? "text/plain" : type);
    byte[] made = values.of(schema, "").toString().getBytes(UTF_8);
    // Of what is far too long a service does not read the rest, and its answer may be lost.
    return values.oneIn(30) || made.length > LARGEST ? values.any(BROKEN) : made;
  }

  private byte[] form(JsonNode schema) {
    var form = new ByteArrayOutputStream();
    schema
        .path("properties")
        .propertyStream()
        .filter(part -> !values.oneIn(8))
        .forEach(part -> {
          boolean file = part.getValue().path("format").asString().equals("binary");
          String name =
              values.any(List.of("a.txt", "b.md", "c.exe", "d.png", "é.csv", "x".repeat(300)));
          JsonNode value = values.of(part.getValue(), part.getKey());
          form.writeBytes(
              "--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n"
                  .formatted(BOUNDARY, part.getKey(), file ? "; filename=\"" + name + "\"" : "")
                  .getBytes(UTF_8));
          form.writeBytes((value.isString() ? value.asString() : value.toString()).getBytes(UTF_8));
          form.writeBytes("\r\n".getBytes(UTF_8));
        });
    form.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
    return form.toByteArray();
  }
}
