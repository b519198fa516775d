package io.a2g.common.migrate.entities;

import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * The statements that create what the entities of a service ask for. Provided from outside, by a
 * {@link ServiceLoader}, because only who knows the entities needs Hibernate and Spring.
 */
public interface EntityStatements extends Supplier<List<String>> {

  /** Those of the class path; none where nothing provides them. */
  static List<String> ofClassPath() {
    return ServiceLoader.load(EntityStatements.class)
        .findFirst()
        .map(Supplier::get)
        .orElse(List.of());
  }
}
