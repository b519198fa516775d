package io.a2g.common.migrate;

import java.nio.file.Files;
import java.util.List;
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
    requireFolder(target.files());
    requireSmallSuffix(target.files());
    var database = target.database();
    return Flyway.configure(FlywaySetup.class.getClassLoader())
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .jdbcProperties(target.driverSettings())
        .schemas(target.schema())
        .defaultSchema(target.schema())
        .table(HISTORY)
        .resourceProvider(new MigrationResources(target.files()))
        .javaMigrationClassProvider(List::of)
        // The platform's own are filled in by then; elsewhere ${…} is text like any other.
        .placeholderReplacement(false)
        .validateMigrationNaming(true)
        // A newer release may have more of both kinds. A repeatable file may have gone with what it
        // made, and a run that stops below head sees none.
        .ignoreMigrationPatterns("*:future", "repeatable:missing")
        .outOfOrder(false)
        .cleanDisabled(true)
        .loggers("slf4j")
        // Wait for whoever migrates, however long it takes.
        .lockRetryCount(-1)
        // Else CREATE INDEX CONCURRENTLY waits for ever, and a migration and its history row are
        // two commits.
        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
  }

  private static void requireFolder(MigrationFiles files) {
    files
        .folder()
        .map(folder -> folder.resolve(MigrationFiles.MIGRATION))
        .filter(folder -> !Files.isDirectory(folder))
        .ifPresent(folder -> {
          throw MigrationFailure.refused(
              "there is no folder %s: --sources takes the service's src/main/resources/db"
                  .formatted(folder));
        });
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
