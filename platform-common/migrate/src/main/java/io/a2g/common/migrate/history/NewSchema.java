package io.a2g.common.migrate.history;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.catalogue.Catalogue;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;

/** A schema without a history: new, or made by other means. */
final class NewSchema {

  private NewSchema() {}

  /** The refusal of a schema that was made by other means. */
  static MigrationFailure madeByOthers(String schema) {
    return MigrationFailure.refused(
        "The schema %s has tables but no history of migrations: run adopt, which records them as applied when they are what the migrations make; otherwise move them to another schema, then run upgrade again"
            .formatted(schema));
  }

  /**
   * Says before an upgrade what Flyway says during it.
   *
   * @throws MigrationFailure when there is no history, but something else
   */
  static void requireNotMadeByOthers(Target target, MigrationStatus status) {
    if (status.steps().stream().anyMatch(step -> step.rank() > 0)) {
      return;
    }
    boolean made =
        target.on(connection ->
            !new HistoryTable(connection, target.schema()).exists()
                && !Catalogue.read(connection, target.schema()).isEmpty());
    if (made) {
      throw madeByOthers(target.schema());
    }
  }

  /**
   * Gives a schema its history when only our own tables kept Flyway from making it, as after a hold
   * before the first migration.
   *
   * @return whether it did, so that Flyway can be asked again
   */
  static boolean hasHistoryNow(FlywayException refusal, Target target) {
    if (refusal.getErrorCode() != CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
      return false;
    }
    return LockedSchema.on(
        target,
        connection -> {
          if (new HistoryTable(connection, target.schema()).exists()) {
            return true;
          }
          if (!Catalogue.read(connection, target.schema()).isEmpty()) {
            return false;
          }
          new Sql(connection).execute(HistoryTable.definition(target.schema()));
          return true;
        });
  }
}
