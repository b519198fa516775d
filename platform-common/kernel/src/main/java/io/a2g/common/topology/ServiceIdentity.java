package io.a2g.common.topology;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A service: what it owns and what it refers to.
 *
 * @param schema the schema it owns
 * @param references what its schema refers to in others
 * @param sessionSettings what its migrations read with {@code current_setting}: name of the setting
 *     in PostgreSQL → variable of the environment it comes from
 */
public record ServiceIdentity(
    PlatformSchema schema, List<Reference> references, Map<String, String> sessionSettings) {

  /** Refuses a reference to what the service may not refer to. */
  public ServiceIdentity {
    references = List.copyOf(references);
    sessionSettings = Map.copyOf(sessionSettings);
    for (Reference reference : references) {
      if (!reference.target().holders().contains(schema)) {
        throw new IllegalArgumentException(
            "%s declares that %s refers to a row of the kind %s, but %s says that %s does not"
                .formatted(
                    referencesFile(schema.serviceName()),
                    reference.name(),
                    reference.target().noun(),
                    Registry.FILE,
                    schema.serviceName()));
      }
    }
  }

  /**
   * The service of this name, with the references that it declares on the class path.
   *
   * @throws IllegalArgumentException when there is no such service, or a line is wrong
   */
  public static ServiceIdentity of(String name) {
    return of(name, WordLines.ofClassPath(referencesFile(name)));
  }

  /** As {@link #of(String)}, with these lines of {@link #referencesFile}. */
  public static ServiceIdentity of(String name, List<String> references) {
    return new ServiceIdentity(
        PlatformSchema.ofService(name),
        WordLines.read(referencesFile(name), references, Reference::read),
        Map.of());
  }

  /** Where a service declares its references, among its resources. */
  public static String referencesFile(String service) {
    return "references/%s.conf".formatted(service);
  }

  /** The same, with migrations that read these settings. */
  public ServiceIdentity withSessionSettings(Map<String, String> settings) {
    return new ServiceIdentity(schema, references, settings);
  }

  /** The service's name, such as {@code user-service}. */
  public String name() {
    return schema.serviceName();
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
