package io.a2g.common.migrate.shadow;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.catalogue.Catalogue;
import io.a2g.common.migrate.catalogue.Difference;
import io.a2g.common.migrate.catalogue.ObjectName;
import io.a2g.common.migrate.history.Installation;
import io.a2g.common.migrate.history.MigrationStatus;
import io.a2g.common.migrate.history.Repeatables;
import io.a2g.common.migrate.history.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What somebody changed in a live schema by hand: the schema against what its migrations make.
 *
 * @param version the version the schema is at; null when nothing is applied
 * @param differences what the migrations make (ours) and what is there (theirs)
 */
public record Drift(@Nullable String version, List<Difference> differences) {

  /**
   * Compares.
   *
   * @param shadowServer where to make the shadow; null: on the target's server
   * @throws MigrationFailure when a newer release has migrated, or no shadow can be made
   */
  public static Drift find(Target live, @Nullable DatabaseUrl shadowServer) {
    MigrationStatus status = MigrationStatus.read(live);
    status.requireNoneMissing();
    String version = status.current().map(Step::version).orElse(null);
    if (!status.future().isEmpty()) {
      throw MigrationFailure.refused(
          "%s is at %s, which a newer release made: run drift from that release"
              .formatted(live.display(), version));
    }
    try (Connection connection = live.connect();
        var shadow = ShadowDatabase.create(Installation.of(connection, live), shadowServer)) {
      MigrationFiles files = live.files();
      List<String> current = status.currentRepeatables();
      if (version != null) {
        shadow.migrate(
            version, true, shadow.target().withFiles(files.withRepeatables(current::contains)));
      }
      alignExtension(connection, shadow);
      // What a pending repeatable file made before it changed is nothing that this image knows.
      Predicate<ObjectName> unknown =
          Repeatables.madeBy(
              files, files.repeatables().stream().filter(name -> !current.contains(name)).toList());
      Catalogue now = Catalogue.read(connection, live.schema()).without(unknown);
      return new Drift(version, shadow.catalogue().without(unknown).differences(now));
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, live);
    }
  }

  /** A database whose owner may not create the extension has none of what would use it. */
  private static void alignExtension(Connection live, ShadowDatabase shadow) throws SQLException {
    try (Connection connection = shadow.target().connect()) {
      if (!Extensions.installed(live)) {
        Extensions.drop(connection);
      } else if (!Extensions.installed(connection)) {
        throw MigrationFailure.refused(
            "The database has pgvector, but a shadow beside it cannot: name a superuser or a server with pgvector by --shadow-url or MIGRATION_SHADOW_URL");
      }
    }
  }
}
