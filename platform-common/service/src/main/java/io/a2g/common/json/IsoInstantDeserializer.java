package io.a2g.common.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Points in time as ISO 8601 text with an offset, in the years 1 to 9999: what everybody can store
 * and print. Numbers are refused, whatever their unit.
 */
class IsoInstantDeserializer extends StdScalarDeserializer<Instant> {

  IsoInstantDeserializer() {
    super(Instant.class);
  }

  @Override
  public Instant deserialize(JsonParser parser, DeserializationContext context) {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      return (Instant) context.handleUnexpectedToken(Instant.class, parser);
    }
    try {
      Instant time = OffsetDateTime.parse(parser.getString()).toInstant();
      if (StorableTime.isStorable(time)) {
        return time;
      }
    } catch (DateTimeException e) {
      context.handleWeirdStringValue(Instant.class, "", "not ISO 8601 with an offset");
    }
    return (Instant) context.handleWeirdStringValue(Instant.class, "", "outside years 1 to 9999");
  }
}
