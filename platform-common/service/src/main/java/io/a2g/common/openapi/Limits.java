package io.a2g.common.openapi;

import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;

/**
 * States the limits that hold for every value: what a type can hold, and what the platform promises
 * to take or never exceeds. Where a field has a narrower one of its own, that stays.
 */
final class Limits {

  // What the JSON reader takes; StrictJson's max-string-length.
  private static final int TEXT = 1_048_576;
  private static final int DATE_TIME = 64;
  // What the platform takes as a file; platform-defaults' max-file-size.
  private static final int FILE = 20 * 1024 * 1024;
  private static final int ITEMS = 1000;

  private Limits() {}

  static void state(Schema<?> schema) {
    if (Schemas.is(schema, "string") && schema.getEnum() == null && schema.getMaxLength() == null) {
      schema.setMaxLength(
          switch (String.valueOf(schema.getFormat())) {
            case "date-time" -> DATE_TIME;
            case "binary" -> FILE;
            default -> TEXT;
          });
    }
    if (Schemas.is(schema, "array") && schema.getMaxItems() == null) {
      schema.setMaxItems(ITEMS);
    }
    if (Schemas.is(schema, "integer")) {
      if (schema.getFormat() == null) {
        schema.setFormat("int64");
      }
      boolean small = "int32".equals(schema.getFormat());
      bound(
          schema,
          small ? Integer.MIN_VALUE : Long.MIN_VALUE,
          small ? Integer.MAX_VALUE : Long.MAX_VALUE);
    }
    String pattern = schema.getPattern();
    if (pattern != null && !(pattern.startsWith("^") && pattern.endsWith("$"))) {
      // Bean Validation matches the whole value, JSON Schema any part of it.
      schema.setPattern("^(?:" + pattern + ")$");
    }
  }

  private static void bound(Schema<?> schema, long least, long most) {
    if (schema.getMinimum() == null && schema.getExclusiveMinimumValue() == null) {
      schema.setMinimum(BigDecimal.valueOf(least));
    }
    if (schema.getMaximum() == null && schema.getExclusiveMaximumValue() == null) {
      schema.setMaximum(BigDecimal.valueOf(most));
    }
  }
}
