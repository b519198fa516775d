-- What the service may, and may not, beyond afterMigrate__platform.sql. Runs after every migrate; a role that does not
-- exist (one user for all) needs nothing, and what does not exist (migrated to an older version) is passed over.
DO $$
BEGIN
  -- Two GRANTs on one object at the same moment fail, and replicas start at the same moment. See afterMigrate__platform.sql.
  PERFORM pg_advisory_xact_lock(hashtext('tracing.afterMigrate'));
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracing_app') THEN
    RETURN;
  END IF;
  -- What happened is never changed; only what is too old is removed, by the functions.
  IF to_regclass('tracing.log_entries') IS NOT NULL THEN
    GRANT EXECUTE ON FUNCTION tracing.ensure_log_partitions(integer) TO tracing_app;
    GRANT EXECUTE ON FUNCTION tracing.drop_log_partitions_before(timestamptz) TO tracing_app;
    REVOKE UPDATE ON tracing.log_entries FROM tracing_app;
    REVOKE INSERT, UPDATE ON tracing.log_entries_default FROM tracing_app;
  END IF;
END $$;
