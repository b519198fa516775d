package io.a2g.common.startup;

import io.a2g.common.database.DatabaseSettings;
import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.readiness.SchemaReadiness;
import io.a2g.common.topology.ServiceIdentity;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/**
 * Migrates with the tool's own parts. Boot's Flyway support is not here: it would migrate while the
 * context starts and stop the service when that fails, and it knows no hold and no audit.
 */
@AutoConfiguration
@EnableConfigurationProperties(MigrationProperties.class)
public class MigrationAutoConfiguration {

  @Bean
  Target migrationTarget(ServiceIdentity service, Environment environment) {
    return new Target(
        service,
        new DatabaseSettings(environment::getProperty).migration(),
        MigrationFiles.packaged(),
        Limits.DEFAULT,
        service.sessionSettings(environment::getProperty));
  }

  @Bean
  SchemaReadiness schemaReadiness() {
    return new SchemaReadiness();
  }

  @Bean
  MigrationMeters migrationMeters(
      MeterRegistry meters, JsonMapper mapper, Target target, Clock clock) {
    return new MigrationMeters(meters, mapper, target, clock);
  }

  @Bean
  MigrationRunner migrationRunner(
      Target target,
      EntityManagerFactory entities,
      MigrationProperties properties,
      SchemaReadiness readiness,
      MigrationMeters meters,
      ConfigurableApplicationContext context) {
    return new MigrationRunner(
        new SchemaCheck(target, meters),
        entities,
        properties,
        readiness,
        context,
        // Not a daemon, as a child of a virtual thread would be: the JVM must wait for the exit
        // code.
        code -> Thread.ofPlatform().daemon(false).name("end").start(() -> end(context, code)));
  }

  @Bean
  MigrationHealthIndicator migrationsHealthIndicator(
      SchemaReadiness readiness, MigrationMeters meters) {
    return new MigrationHealthIndicator(readiness, meters);
  }

  private static void end(ConfigurableApplicationContext context, int code) {
    System.exit(SpringApplication.exit(context, () -> code));
  }
}
