package io.a2g.common.migrate.history;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The scripts that follow every migrate, such as grants to roles that were made later. Flyway runs
 * them after applying; here they run when nothing is to be applied, in one transaction. Each can be
 * repeated without harm.
 */
final class AfterMigrateScripts {

  private static final String PREFIX = "afterMigrate__";

  private AfterMigrateScripts() {}

  static boolean isOne(String name) {
    return name.startsWith(PREFIX) && name.endsWith(".sql");
  }

  /** Flyway's events that a migrate has besides: what they do stands in no script. */
  private static final Pattern IN_BETWEEN =
      Pattern.compile(
          "(?!.*Error)(afterMigrateApplied|beforeMigrate|(before|after)(EachMigrate|Versioned|Repeatables|Validate|Connect|CreateSchema)|createSchema).*");

  /**
   * The scripts that a script for psql ends with, in Flyway's order.
   *
   * @throws MigrationFailure when there are others, which run between the migrations
   */
  static List<String> inScript(MigrationFiles files) {
    List<String> scripts =
        files.names(MigrationFiles.MIGRATION).stream()
            .filter(name -> name.endsWith(".sql"))
            .toList();
    scripts.stream()
        .filter(name -> IN_BETWEEN.matcher(name).matches())
        .findFirst()
        .ifPresent(name -> {
          throw MigrationFailure.refused(
              "%s runs between migrations, which --sql cannot do: run upgrade without it"
                  .formatted(name));
        });
    return scripts.stream().filter(AfterMigrateScripts::isOne).toList();
  }

  /** The call that lets one at a time run them. */
  static String lock(String schema) {
    // Two GRANTs on one object at the same moment fail; replicas start at the same moment.
    return "pg_advisory_xact_lock(hashtext('%s.afterMigrate'))".formatted(schema);
  }

  static void run(Connection connection, Target target) throws SQLException {
    List<String> scripts =
        target.files().names(MigrationFiles.MIGRATION).stream()
            .filter(AfterMigrateScripts::isOne)
            .toList();
    connection.setAutoCommit(false);
    var sql = new Sql(connection);
    try {
      sql.execute(target.limits().setLocal());
      sql.execute("SELECT " + lock(target.schema()));
      for (String script : scripts) {
        sql.execute(target.files().migration(script).orElseThrow());
      }
      ReferenceRows.write(connection, target.service());
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    }
  }
}
