package io.a2g.common.openapi;

import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the model of OpenAPI 3.1 leaves to do by hand. */
final class Schemas {

  private static final String NULL = "null";

  private Schemas() {}

  /** Whether a value may be of this type; false for a mere reference. */
  static boolean is(Schema<?> schema, String type) {
    return types(schema).contains(type);
  }

  /** The same or null. A list of values or a reference cannot say so itself. */
  static Schema<?> orNull(Schema<?> schema) {
    if (isNullable(schema)) {
      return schema;
    }
    if (schema.get$ref() != null || schema.getEnum() != null) {
      return new JsonSchema().oneOf(List.of(schema, new JsonSchema().types(Set.of(NULL))));
    }
    Set<String> types = new LinkedHashSet<>(types(schema));
    if (!types.isEmpty()) {
      types.add(NULL);
      schema.setTypes(types);
    }
    return schema;
  }

  /** The same without null. */
  static void neverNull(Schema<?> schema) {
    if (isNullable(schema)) {
      Set<String> types = new LinkedHashSet<>(types(schema));
      types.remove(NULL);
      schema.setTypes(types);
    }
  }

  private static boolean isNullable(Schema<?> schema) {
    return is(schema, NULL)
        || (schema.getOneOf() != null
            && schema.getOneOf().stream().anyMatch(choice -> is(choice, NULL)));
  }

  /** A schema and all that it is made of; references are not followed. */
  static void walk(@Nullable Schema<?> schema, Consumer<Schema<?>> visit) {
    if (schema == null) {
      return;
    }
    visit.accept(schema);
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(property -> walk(property, visit));
    }
    walk(schema.getItems(), visit);
    if (schema.getAdditionalProperties() instanceof Schema<?> others) {
      walk(others, visit);
    }
    if (schema.getOneOf() != null) {
      schema.getOneOf().forEach(choice -> walk(choice, visit));
    }
  }

  private static Set<String> types(Schema<?> schema) {
    if (schema.getTypes() != null) {
      return schema.getTypes();
    }
    return schema.getType() == null ? Set.of() : Set.of(schema.getType());
  }
}
