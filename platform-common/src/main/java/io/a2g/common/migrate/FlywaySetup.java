package io.a2g.common.migrate;

import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The one way this platform configures Flyway, for the tool and for the start of a service. */
public final class FlywaySetup {

  /** The history table, in each schema. */
  public static final String HISTORY = "flyway_schema_history";

  private FlywaySetup() {}

  /** A configuration for this target; the caller adds callbacks and a target version. */
  public static FluentConfiguration configure(Target target) {
    var database = target.database();
    return Flyway.configure(FlywaySetup.class.getClassLoader())
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .jdbcProperties(target.driverSettings())
        .schemas(target.schema())
        .defaultSchema(target.schema())
        .table(HISTORY)
        .locations(target.files().location())
        .validateMigrationNaming(true)
        .failOnMissingLocations(true)
        .outOfOrder(false)
        .cleanDisabled(true)
        .loggers("slf4j")
        // Wait for whoever migrates, however long it takes.
        .lockRetryCount(-1)
        // Else CREATE INDEX CONCURRENTLY waits for ever, and a migration and its history row are
        // two commits.
        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
  }
}
