package io.a2g.systemtest.fuzz;

import io.a2g.common.testkit.openapi.ApiDocument;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values at and around the limits of a schema: mostly such as it allows, sometimes others. */
final class Values {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int LONGEST_TEXT = 110_000;
  private static final int LONGEST_LIST = 1001;

  private static final List<String> CHARACTERS =
      List.of(
          "a", "7", " ", "'", "<", "\\", "%", "é", "e\u0301", "한", "😀", "\u202e", "\u0000", "\n");
  private static final List<String> TIMES =
      List.of(
          "2026-11-30T12:00:00Z",
          "2099-12-31T23:59:59.999999999Z",
          "1970-01-01T00:00:00+18:00",
          "0000-01-01T00:00:00Z",
          "9999-12-31T23:59:59Z",
          "+1000000000-12-31T23:59:59Z",
          "2026-02-30T00:00:00Z",
          "2026-11-30T24:00:00Z",
          "2026-11-30T12:00:00",
          "2026-11-30",
          "now");
  private static final List<BigDecimal> NUMBERS =
      List.of(
          BigDecimal.ZERO,
          BigDecimal.ONE,
          new BigDecimal("-1"),
          new BigDecimal("0.000000000000000000001"),
          new BigDecimal("123456789012345678901234567890.123456789"),
          new BigDecimal("1E+308"),
          new BigDecimal("1E+400"),
          new BigDecimal("-0.5"));

  private final ApiDocument document;
  private final KnownIds ids;
  private final RandomGenerator random;

  Values(ApiDocument document, KnownIds ids, RandomGenerator random) {
    this.document = document;
    this.ids = ids;
    this.random = random;
  }

  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /**
   * A value for a schema.
   *
   * @param field its name, which says whether it is the id of something
   */
  JsonNode of(JsonNode reference, String field) {
    JsonNode schema = document.resolve(reference);
    if (oneIn(25)) {
      return odd();
    }
    if (schema.has("oneOf")) {
      return of(any(List.copyOf(schema.path("oneOf").values())), field);
    }
    return switch (type(schema)) {
      case "null" -> JSON.nullNode();
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "integer" -> integer(schema, field);
      case "number" -> JSON.numberNode(any(NUMBERS));
      case "array" -> list(schema, field);
      case "object" -> object(schema);
      default -> JSON.stringNode(text(schema));
    };
  }

  private String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray() ? type.path(oneIn(5) ? 1 : 0).asString() : type.asString();
  }

  private JsonNode odd() {
    return any(
        List.of(
            JSON.nullNode(),
            JSON.booleanNode(true),
            JSON.numberNode(-1),
            JSON.numberNode(1.5),
            JSON.stringNode(""),
            JSON.stringNode("x\u0000y"),
            JSON.arrayNode(),
            JSON.arrayNode().add(JSON.arrayNode().add(1)),
            JSON.objectNode(),
            JSON.objectNode().put("value", 1)));
  }

  private JsonNode integer(JsonNode schema, String field) {
    if (field.endsWith("id") && !oneIn(5)) {
      var known = ids.about(field, random);
      if (known.isPresent() && known.get().matches("\\d+")) {
        return JSON.numberNode(Long.parseLong(known.get()));
      }
    }
    BigInteger least = schema.path("minimum").asBigInteger(BigInteger.ZERO);
    BigInteger most = schema.path("maximum").asBigInteger(BigInteger.TEN);
    BigInteger few = least.max(BigInteger.ZERO).add(BigInteger.valueOf(random.nextInt(1, 100)));
    return JSON.numberNode(
        any(
            List.of(
                least,
                most,
                least.subtract(BigInteger.ONE),
                most.add(BigInteger.ONE),
                BigInteger.ZERO,
                few,
                few)));
  }

  /** A text for a schema of strings. */
  String text(JsonNode schema) {
    if (schema.has("enum")) {
      return oneIn(15) ? "OTHER" : any(List.copyOf(schema.path("enum").values())).asString();
    }
    if (schema.path("format").asString().equals("date-time")) {
      return any(TIMES);
    }
    if (schema.has("pattern") && !oneIn(10)) {
      String pattern = schema.path("pattern").asString();
      List<String> fitting = words().stream().filter(word -> word.matches(pattern)).toList();
      if (!fitting.isEmpty()) {
        return any(fitting);
      }
    }
    if (!oneIn(3)) {
      return any(words());
    }
    int least = schema.path("minLength").asInt(0);
    int most = Math.min(LONGEST_TEXT, schema.path("maxLength").asInt(LONGEST_TEXT));
    int length = any(List.of(least, least + 1, Math.max(0, least - 1), most, most + 1));
    String character = any(CHARACTERS);
    return character.repeat(length / character.codePointCount(0, character.length()));
  }

  // New ones every time, because names are unique.
  private List<String> words() {
    String hex = "%016x".formatted(random.nextLong());
    return List.of(
        hex + hex,
        hex,
        "fuzz-" + hex,
        hex + "@b.example",
        "https://b.example/" + hex,
        "Fuzz " + hex,
        "P1D",
        "ko",
        "light",
        "system");
  }

  private JsonNode list(JsonNode schema, String field) {
    int least = schema.path("minItems").asInt(0);
    int most = Math.min(LONGEST_LIST - 1, schema.path("maxItems").asInt(LONGEST_LIST));
    // 384: EMBEDDING_DIMENSION, unless it is set.
    int size =
        oneIn(15)
            ? any(List.of(most, most + 1))
            : any(List.of(least, least + 1, least + 1, Math.min(384, most)));
    ArrayNode list = JSON.arrayNode();
    for (int i = 0; i < size; i++) {
      list.add(of(schema.path("items"), field));
    }
    return list;
  }

  private JsonNode object(JsonNode schema) {
    ObjectNode object = JSON.objectNode();
    List<JsonNode> required = List.copyOf(schema.path("required").values());
    schema
        .path("properties")
        .propertyStream()
        .forEach(property -> {
          boolean needed = required.contains(JSON.stringNode(property.getKey()));
          if (needed ? !oneIn(30) : oneIn(2)) {
            object.set(property.getKey(), of(property.getValue(), property.getKey()));
          }
        });
    if (!schema.has("properties") || oneIn(40)) {
      object.set(text(JSON.objectNode()), odd());
    }
    return object;
  }
}
