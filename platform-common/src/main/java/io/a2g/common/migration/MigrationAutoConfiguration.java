package io.a2g.common.migration;

import jakarta.persistence.EntityManagerFactory;
import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/** Replaces Boot's "migrate or die" by migrating in the background. */
@AutoConfiguration(
    beforeName = "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration")
public class MigrationAutoConfiguration {

  // Boot would migrate while the context starts, and stop the service when that fails.
  @Bean
  FlywayMigrationStrategy flywayMigrationStrategy() {
    return flyway -> {};
  }

  @Bean
  MigrationState migrationState() {
    return new MigrationState();
  }

  @Bean
  MigrationRunner migrationRunner(
      Flyway flyway,
      EntityManagerFactory entities,
      MigrationState state,
      ApplicationEventPublisher events) {
    return new MigrationRunner(flyway, entities, state, events);
  }

  @Bean
  MigrationHealthIndicator migrationsHealthIndicator(MigrationState state) {
    return new MigrationHealthIndicator(state);
  }
}
