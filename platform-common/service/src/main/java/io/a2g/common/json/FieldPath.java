package io.a2g.common.json;

import tools.jackson.core.JacksonException;

/** Names a field the way the caller wrote it. */
public final class FieldPath {

  private FieldPath() {}

  /** Where in the body reading stopped, e.g. {@code capabilities[0].name}; empty at the root. */
  public static String of(JacksonException failure) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : failure.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.toString();
  }

  /** The JSON name of a Java property path: {@code ownerId} becomes {@code owner_id}. */
  public static String snakeCase(String property) {
    StringBuilder text = new StringBuilder(property.length() + 4);
    for (int i = 0; i < property.length(); i++) {
      char c = property.charAt(i);
      if (Character.isUpperCase(c)) {
        text.append(i > 0 && property.charAt(i - 1) != '.' ? "_" : "");
        text.append(Character.toLowerCase(c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
