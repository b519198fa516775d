package io.a2g.common.topology;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The service whose schema is migrated.
 *
 * @param name the service's name, such as {@code user-service}
 * @param schema the schema it owns
 * @param sessionSettings what its migrations read with {@code current_setting}: name of the setting
 *     in PostgreSQL → variable of the environment it comes from
 */
public record ServiceIdentity(
    String name, PlatformSchema schema, Map<String, String> sessionSettings) {

  /** A service whose migrations need nothing but the database. */
  public ServiceIdentity(String name, PlatformSchema schema) {
    this(name, schema, Map.of());
  }

  /** The schema's name, which is also safe as an SQL identifier. */
  public String schemaName() {
    return schema.schemaName();
  }

  /**
   * The session settings that this environment gives.
   *
   * @param environment name → value; null or blank when not set
   */
  public Map<String, String> sessionSettings(Function<String, @Nullable String> environment) {
    Map<String, String> values = new HashMap<>();
    sessionSettings.forEach((setting, variable) -> {
      String value = environment.apply(variable);
      if (value != null && !value.isBlank()) {
        values.put(setting, value.strip());
      }
    });
    return values;
  }
}
