package io.a2g.common.entities;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.boot.Metadata;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.Column;
import org.hibernate.mapping.Component;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;
import org.jspecify.annotations.Nullable;

/**
 * What the compiler checks, the schema says: a field without {@code @Nullable} is a column with NOT
 * NULL. A nullable field of a column that is never null, because PostgreSQL fills it, says
 * {@code @Column(nullable = false)}.
 */
final class Nullness {

  private Nullness() {}

  static void apply(Metadata metadata) {
    for (PersistentClass entity : metadata.getEntityBindings()) {
      apply(entity.getMappedClass(), entity.getPropertyClosure());
    }
    for (Collection collection : metadata.getCollectionBindings()) {
      if (collection.getElement() instanceof Component element) {
        apply(element.getComponentClass(), element.getProperties());
      } else {
        collection.getElement().getColumns().forEach(column -> column.setNullable(false));
      }
    }
  }

  private static void apply(Class<?> type, List<Property> properties) {
    for (Property property : properties) {
      if (property.getValue() instanceof Component component) {
        apply(component.getComponentClass(), component.getProperties());
      } else if (field(type, property.getName()).filter(Nullness::isNeverNull).isPresent()) {
        for (Column column : property.getColumns()) {
          column.setNullable(false);
        }
      }
    }
  }

  private static boolean isNeverNull(Field field) {
    return !field.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static Optional<Field> field(Class<?> type, String name) {
    return Stream.<Class<?>>iterate(type, t -> t != null, Class::getSuperclass)
        .flatMap(t -> Stream.of(t.getDeclaredFields()))
        .filter(field -> field.getName().equals(name))
        .findFirst();
  }
}
