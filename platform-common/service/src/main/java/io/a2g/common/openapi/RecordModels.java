package io.a2g.common.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.a2g.common.json.BoundedJson;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Describes records as the compiler reads them: what is {@code @Nullable} may be null or absent,
 * the rest is always there. A component that a constructor fills when it is absent says
 * {@code @Schema(requiredMode = NOT_REQUIRED)}.
 */
final class RecordModels extends ModelResolver {

  private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

  /** Reads models with springdoc's own mapper, which knows nothing of the platform's. */
  RecordModels(ObjectMapper mapper) {
    super(mapper.copy().setPropertyNamingStrategy(NAMES));
    openapi31(true);
  }

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> next) {
    Schema<?> resolved = super.resolve(type, context, next);
    Schema<?> model = resolved == null ? null : defined(resolved, context);
    Class<?> raw = TypeFactory.rawClass(type.getType());
    if (raw.isRecord() && model != null && model.getProperties() != null) {
      for (RecordComponent component : raw.getRecordComponents()) {
        describe(model, component);
      }
    }
    return resolved;
  }

  private static @Nullable Schema<?> defined(Schema<?> schema, ModelConverterContext context) {
    String reference = schema.get$ref();
    return reference == null
        ? schema
        : context.getDefinedModels().get(reference.substring(reference.lastIndexOf('/') + 1));
  }

  private static void describe(Schema<?> model, RecordComponent component) {
    String name = NAMES.translate(component.getName());
    Schema<?> property = model.getProperties().get(name);
    if (property == null) {
      return;
    }
    if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      if (!isFilledWhenAbsent(component)) {
        model.addRequiredItem(name);
      }
    } else if (!component.getAccessor().isAnnotationPresent(JsonInclude.class)) {
      model.getProperties().put(name, Schemas.orNull(property));
    }
  }

  private static boolean isFilledWhenAbsent(RecordComponent component) {
    if (component.getType() == BoundedJson.class) {
      return true;
    }
    var schema =
        component.getAccessor().getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
    return schema != null && schema.requiredMode() == RequiredMode.NOT_REQUIRED;
  }
}
