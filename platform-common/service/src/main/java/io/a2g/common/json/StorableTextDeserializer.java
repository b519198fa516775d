package io.a2g.common.json;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Text that a UTF-8 PostgreSQL can store, with composed characters. */
class StorableTextDeserializer extends StdScalarDeserializer<String> {

  StorableTextDeserializer() {
    super(String.class);
  }

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) {
    String text = StringDeserializer.instance.deserialize(parser, context);
    try {
      return StorableText.of(text);
    } catch (IllegalArgumentException e) {
      throw new UnstorableTextException(parser);
    }
  }
}
