package io.a2g.common.json;

import java.io.StringWriter;
import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Copies an object token by token. Numbers keep every digit, where a tree of doubles would lose
 * some, and are written out, because PostgreSQL prints {@code 1e300} as 301 digits: a small body
 * must not become a huge answer.
 */
class BoundedJsonDeserializer extends StdDeserializer<BoundedJson> {

  private static final JsonFactory JSON = new JsonFactory();
  // More than a double, which is what other systems read numbers into, can hold.
  private static final int MAX_DIGITS = 400;

  BoundedJsonDeserializer() {
    super(BoundedJson.class);
  }

  @Override
  public BoundedJson getNullValue(DeserializationContext context) {
    return BoundedJson.EMPTY;
  }

  @Override
  public BoundedJson deserialize(JsonParser parser, DeserializationContext context) {
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      return (BoundedJson) context.handleUnexpectedToken(getValueType(context), parser);
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator copy = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      int depth = 0;
      do {
        depth += parser.currentToken().isStructStart() ? 1 : 0;
        depth -= parser.currentToken().isStructEnd() ? 1 : 0;
        // What is too large already is read over, not copied.
        if (text.getBuffer().length() <= BoundedJson.MAX_BYTES) {
          copy(parser, copy, context);
        }
      } while (depth > 0 && parser.nextToken() != null);
    }
    return new BoundedJson(text.toString());
  }

  private static void copy(JsonParser parser, JsonGenerator copy, DeserializationContext context) {
    switch (parser.currentToken()) {
      case START_OBJECT -> copy.writeStartObject();
      case END_OBJECT -> copy.writeEndObject();
      case START_ARRAY -> copy.writeStartArray();
      case END_ARRAY -> copy.writeEndArray();
      case PROPERTY_NAME -> copy.writeName(storable(parser));
      // By the strict reader of all texts.
      case VALUE_STRING -> copy.writeString(context.readValue(parser, String.class));
      case VALUE_NUMBER_INT -> copy.writeNumber(parser.getString());
      case VALUE_NUMBER_FLOAT -> copy.writeNumber(plain(parser, context));
      case VALUE_TRUE, VALUE_FALSE -> copy.writeBoolean(parser.getBooleanValue());
      case VALUE_NULL -> copy.writeNull();
      default -> context.handleUnexpectedToken(BoundedJson.class, parser);
    }
  }

  private static String storable(JsonParser parser) {
    String name = parser.currentName();
    if (!StorableText.isStorable(name)) {
      throw new UnstorableTextException(parser);
    }
    return name;
  }

  private static String plain(JsonParser parser, DeserializationContext context) {
    try {
      BigDecimal number = parser.getDecimalValue();
      long digits = number.precision() - (long) number.scale();
      if (digits <= MAX_DIGITS && number.scale() <= MAX_DIGITS) {
        return number.toPlainString();
      }
    } catch (NumberFormatException e) {
      // An exponent that not even a BigDecimal has.
    }
    return context.reportInputMismatch(BoundedJson.class, "has a number out of range");
  }
}
