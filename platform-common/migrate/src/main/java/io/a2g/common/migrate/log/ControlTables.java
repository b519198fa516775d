package io.a2g.common.migrate.log;

import io.a2g.common.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The tool's own tables. It makes them itself, because they must be there before the first
 * migration; no comparison of schemas counts them.
 */
public final class ControlTables {

  /** Append-only: every change of the schema. */
  public static final String LOG = "migration_audit";

  /** Settings that start-up honours: at most one row, the hold. */
  public static final String CONTROL = "migration_control";

  /** Progress of backfills. */
  public static final String BACKFILL = "migration_backfill";

  /** All of them. */
  public static final List<String> ALL = List.of(LOG, CONTROL, BACKFILL);

  // "a2g" and "mig" in hexadecimal; any constant would do.
  private static final long LOCK = 0x0061_3267_006d_6967L;

  private ControlTables() {}

  /** Makes what is missing; harmless to repeat, also by several at once. */
  public static void create(Connection connection, String schema) throws SQLException {
    if (exist(connection, schema)) {
      return;
    }
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try {
      new Sql(connection)
          .execute(
              "SELECT pg_advisory_xact_lock(%d + hashtext('%s'));%s"
                  .formatted(LOCK, schema, definitions(schema)));
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(autoCommit);
    }
  }

  /** True when they are there; a schema that no tool has touched yet has none. */
  public static boolean exist(Connection connection, String schema) throws SQLException {
    return new Sql(connection)
        .isTrue(
            "SELECT to_regclass('%1$s.migration_audit') IS NOT NULL AND to_regclass('%1$s.migration_control') IS NOT NULL AND to_regclass('%1$s.migration_backfill') IS NOT NULL"
                .formatted(schema));
  }

  /** The statements of {@link #create}, for a script; harmless to repeat. */
  public static String definitions(String schema) {
    return """
    CREATE TABLE IF NOT EXISTS %1$s.migration_audit (
      id                 bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      happened_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
      action             text        NOT NULL,
      version            text,
      script             text,
      checksum           integer,
      undo_checksum      integer,
      undo_text          text,
      fingerprint_before text,
      fingerprint_after  text,
      duration_ms        bigint,
      actor              text        NOT NULL,
      database_user      text        NOT NULL DEFAULT session_user,
      reason             text,
      detail             text
    );
    COMMENT ON TABLE %1$s.migration_audit IS 'Who changed this schema, when, how and why. Kept by the migration tool; append-only.';
    CREATE INDEX IF NOT EXISTS migration_audit_version_idx ON %1$s.migration_audit (version, id);
    CREATE TABLE IF NOT EXISTS %1$s.migration_control (
      name    text        PRIMARY KEY CHECK (name = 'hold'),
      version text        NOT NULL,
      actor   text        NOT NULL,
      reason  text        NOT NULL,
      since   timestamptz NOT NULL DEFAULT clock_timestamp()
    );
    COMMENT ON TABLE %1$s.migration_control IS 'The hold: the highest version that start-up and upgrade may apply; no row: no hold.';
    CREATE TABLE IF NOT EXISTS %1$s.migration_backfill (
      name        text        PRIMARY KEY,
      state       text        NOT NULL CHECK (state IN ('PENDING', 'RUNNING', 'PAUSED', 'DONE', 'FAILED')),
      last_key    text,
      done_rows   bigint      NOT NULL DEFAULT 0,
      total_rows  bigint,
      error       text,
      started_at  timestamptz,
      updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
      finished_at timestamptz
    );
    COMMENT ON TABLE %1$s.migration_backfill IS 'How far each backfill is; last_key: rows up to it are done.';
    DO $$
    DECLARE reader record;
    BEGIN
      -- Default privileges give the service all rights on new tables; here it only reads.
      FOR reader IN
        SELECT DISTINCT c.oid::regclass AS name, a.grantee::regrole AS role
        FROM pg_class c, aclexplode(c.relacl) a
        WHERE c.relnamespace = '%1$s'::regnamespace
          AND c.relname IN ('migration_audit', 'migration_control', 'migration_backfill')
          AND a.grantee NOT IN (0, c.relowner)
      LOOP
        EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %%s FROM %%s', reader.name, reader.role);
      END LOOP;
    END $$;
    """
        .formatted(schema);
  }
}
