package io.a2g.common.migrate.history;

import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The scripts that follow every migrate, such as grants to roles that were made later. Flyway runs
 * them after applying; here they run when nothing is to be applied, in one transaction. Each can be
 * repeated without harm.
 */
final class FollowUps {

  private static final String PREFIX = "afterMigrate__";

  private FollowUps() {}

  static boolean isOne(String name) {
    return name.startsWith(PREFIX) && name.endsWith(".sql");
  }

  static void run(Connection connection, Target target) throws SQLException {
    List<String> scripts =
        target.files().names(MigrationFiles.MIGRATION).stream().filter(FollowUps::isOne).toList();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      // Two GRANTs on one object at the same moment fail; replicas start at the same moment.
      statement.execute(target.limits().setLocal());
      statement.execute(
          "SELECT pg_advisory_xact_lock(hashtext('%s.afterMigrate'))".formatted(target.schema()));
      for (String script : scripts) {
        statement.execute(target.files().migration(script).orElseThrow());
      }
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    }
  }
}
