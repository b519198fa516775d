package io.a2g.common.entities;

import io.a2g.common.migrate.entities.EntityStatements;
import java.util.List;
import java.util.Map;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.MappingSettings;
import org.hibernate.tool.schema.internal.SchemaCreatorImpl;
import org.springframework.boot.hibernate.SpringImplicitNamingStrategy;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypesScanner;

/** What Hibernate would create for the entities of a service; it needs no database. */
public final class EntitySchema implements EntityStatements {

  @Override
  public List<String> get() {
    return statements();
  }

  /** The statements for every entity on the class path, below {@code io.a2g}. */
  public static List<String> statements() {
    return statements(
        new PersistenceManagedTypesScanner(new DefaultResourceLoader(), null)
            .scan("io.a2g")
            .getManagedClassNames());
  }

  /** The statements for these entities, embeddables and mapped superclasses. */
  public static List<String> statements(List<String> classNames) {
    if (classNames.isEmpty()) {
      return List.of();
    }
    // The names are those that Spring Boot gives by default, with which the services run.
    Map<String, Object> settings =
        Map.of(
            JdbcSettings.DIALECT,
            PlatformDialect.class.getName(),
            JdbcSettings.ALLOW_METADATA_ON_BOOT,
            false,
            MappingSettings.IMPLICIT_NAMING_STRATEGY,
            new SpringImplicitNamingStrategy(),
            MappingSettings.PHYSICAL_NAMING_STRATEGY,
            new PhysicalNamingStrategySnakeCaseImpl());
    try (var registry = new StandardServiceRegistryBuilder().applySettings(settings).build()) {
      var sources = new MetadataSources(registry);
      classNames.forEach(sources::addAnnotatedClassName);
      Metadata metadata = sources.buildMetadata();
      Nullness.apply(metadata);
      return new SchemaCreatorImpl(registry).generateCreationCommands(metadata, false);
    }
  }
}
