package io.a2g.common.migrate.entities;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.catalogue.Catalogue;
import io.a2g.common.migrate.catalogue.Difference;
import io.a2g.common.migrate.catalogue.Kind;
import io.a2g.common.migrate.shadow.ShadowDatabase;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service declares, against what its migrations make. It declares by its entities, and by
 * {@code extras.sql} what annotations cannot say. What the platform's own files make is given.
 *
 * <p>Left out: comments, and what {@code afterMigrate__*.sql} adds, which depends on the server.
 *
 * @param entities the declared schema by the entities and the platform's files
 * @param declared the declared schema, with {@code extras.sql}
 * @param migrated what the migrations make
 */
public record Check(Catalogue entities, Catalogue declared, Catalogue migrated) {

  private static final String EXTRAS = "extras.sql";

  /**
   * Builds both in a shadow database.
   *
   * @param shadowServer where to make it; null: on the target's server
   */
  public static Check run(Target target, @Nullable DatabaseUrl shadowServer) {
    return run(target, shadowServer, EntityStatements.ofClassPath());
  }

  /** The same with other entities: the statements that create them. */
  public static Check run(
      Target target, @Nullable DatabaseUrl shadowServer, List<String> entityStatements) {
    MigrationFiles files = target.files();
    // What is declared does not depend on the settings of an installation.
    var plain = new Target(target.service(), target.database(), files, target.limits(), Map.of());
    try (var shadow = ShadowDatabase.create(plain, shadowServer)) {
      shadow.execute(
          String.join(";\n", entityStatements), "What Hibernate creates for the entities");
      for (String name : files.platformMigrations()) {
        shadow.execute(files.migration(name).orElseThrow(), name);
      }
      Catalogue entities = structure(shadow);
      shadow.execute(files.read(EXTRAS).orElse(""), EXTRAS);
      Catalogue declared = structure(shadow);
      shadow.execute(
          "DROP SCHEMA %1$s CASCADE; CREATE SCHEMA %1$s".formatted(target.schema()),
          "Starting anew");
      shadow.migrate(null, false);
      return new Check(entities, declared, structure(shadow));
    }
  }

  /** What is declared (ours) and what the migrations make (theirs). */
  public List<Difference> differences() {
    return declared.differences(migrated);
  }

  private static Catalogue structure(ShadowDatabase shadow) {
    return shadow.catalogue().without(name -> name.kind() == Kind.COMMENT);
  }
}
