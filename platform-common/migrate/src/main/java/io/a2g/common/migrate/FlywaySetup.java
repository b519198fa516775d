package io.a2g.common.migrate;

import java.util.Locale;
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
    requireSmallSuffix(target.files());
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

  // Flyway runs V….SQL too, which nothing else here takes for a migration: no lint, no undo.
  private static void requireSmallSuffix(MigrationFiles files) {
    files.names(MigrationFiles.MIGRATION).stream()
        .filter(name -> name.toLowerCase(Locale.ROOT).endsWith(".sql") && !name.endsWith(".sql"))
        .findFirst()
        .ifPresent(name -> {
          throw MigrationFailure.refused(
              "%s has a wrong name: it must end in .sql, in small letters".formatted(name));
        });
  }
}
