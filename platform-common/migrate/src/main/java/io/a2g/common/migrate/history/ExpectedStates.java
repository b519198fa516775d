package io.a2g.common.migrate.history;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.catalogue.Catalogue;
import io.a2g.common.migrate.catalogue.ObjectName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the files make, version by version, found in the schema itself: in the caller's transaction
 * everything in it is dropped, the files are run, and all of it is rolled back. That needs no more
 * rights than a migration, and no second database.
 *
 * @param states after each of the versioned files, in their order
 * @param repeated what the repeatable files make
 */
record ExpectedStates(List<State> states, Catalogue repeated) {

  /** The schema after a file, without what repeatable files make. */
  record State(FastStatus.File file, Catalogue catalogue) {}

  /**
   * Finds them; afterwards the schema is as it was.
   *
   * @throws MigrationFailure when a file fails on an empty schema, or a lock is not got
   */
  static ExpectedStates build(Connection connection, Target target, List<FastStatus.File> files)
      throws SQLException {
    Target installation = Installation.of(connection, target);
    Savepoint before = connection.setSavepoint();
    try {
      Sql sql = new Sql(connection);
      run(sql, "SET LOCAL client_min_messages = error", target, "The session");
      for (var setting : installation.allSessionSettings().entrySet()) {
        sql.text("SELECT set_config(?, ?, true)", setting.getKey(), setting.getValue());
      }
      run(sql, dropAll(target.schema()), target, "Looking what the files make");
      // As Flyway does.
      sql.text(
          "SELECT set_config('search_path', ? || ',' || current_setting('search_path'), true)",
          Sql.name(target.schema()));
      List<State> states = new ArrayList<>();
      for (FastStatus.File file : files) {
        run(sql, text(target.files(), file.script()), target, file.script());
        states.add(new State(file, SchemaState.read(connection, target)));
      }
      for (String name : target.files().repeatables()) {
        run(sql, text(target.files(), name), target, name);
      }
      return new ExpectedStates(states, repeated(connection, target));
    } finally {
      connection.rollback(before);
    }
  }

  /** What repeatable files make, as it is in the schema. */
  static Catalogue repeated(Connection connection, Target target) throws SQLException {
    Predicate<ObjectName> made = Repeatables.madeBy(target.files(), target.files().repeatables());
    return Catalogue.read(connection, target.schema()).without(made.negate());
  }

  // The tool's own tables stay; what belongs to an extension, a table or a column goes with it.
  private static String dropAll(String schema) {
    return """
    DO $$
    DECLARE object record;
    BEGIN
      FOR object IN
        SELECT CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                 WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'c' THEN 'TYPE'
                 ELSE 'TABLE' END AS kind, c.oid::regclass::text AS name
        FROM pg_class c
        WHERE c.relnamespace = '%1$s'::regnamespace AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c')
          AND c.relname <> ALL ('{flyway_schema_history,migration_audit,migration_control,migration_backfill}')
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                          AND d.objid = c.oid AND d.objsubid = 0 AND d.deptype IN ('a', 'e', 'i'))
        UNION ALL
        SELECT 'ROUTINE', p.oid::regprocedure::text FROM pg_proc p
        WHERE p.pronamespace = '%1$s'::regnamespace
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass
                          AND d.objid = p.oid AND d.deptype = 'e')
        UNION ALL
        SELECT CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, t.oid::regtype::text FROM pg_type t
        WHERE t.typnamespace = '%1$s'::regnamespace AND t.typtype IN ('e', 'd', 'r')
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass
                          AND d.objid = t.oid AND d.deptype = 'e')
      LOOP
        EXECUTE format('DROP %%s IF EXISTS %%s CASCADE', object.kind, object.name);
      END LOOP;
    END $$
    """
        .formatted(schema);
  }

  // No index has to be built beside traffic here, and PostgreSQL refuses to in a transaction.
  private static String text(MigrationFiles files, String name) {
    return files.migration(name).orElse("").replaceAll("(?i)\\bCONCURRENTLY\\b", "");
  }

  private static void run(Sql sql, String statements, Target target, String what) {
    try {
      sql.execute(statements);
    } catch (SQLException e) {
      MigrationFailure failure = DatabaseFailures.explain(e, target);
      throw failure.exitCode() == ExitCode.FAILED
          ? new MigrationFailure(
              ExitCode.FAILED,
              "%s fails on an empty schema: %s".formatted(what, DatabaseFailures.oneLine(e)),
              e)
          : failure;
    }
  }
}
