-- Rights beyond the default ones. Runs after every migrate, so that a role made later gets them at
-- the next start; a role that does not exist (one user for all) needs none. What does not exist
-- (migrated to an older version) is passed over.
DO $$
DECLARE
  upkeep text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracing_app') THEN
    RETURN;
  END IF;
  FOREACH upkeep IN ARRAY ARRAY[
    'tracing.ensure_log_partitions(integer)', 'tracing.drop_log_partitions_before(timestamptz)']
  LOOP
    IF to_regprocedure(upkeep) IS NOT NULL THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO tracing_app', upkeep);
    END IF;
  END LOOP;
  -- What happened is never changed; only what is too old is removed.
  IF to_regclass('tracing.log_entries') IS NOT NULL THEN
    REVOKE UPDATE ON tracing.log_entries FROM tracing_app;
    REVOKE INSERT, UPDATE ON tracing.log_entries_default FROM tracing_app;
  END IF;
  -- The service reads its history (health) but never writes it.
  REVOKE INSERT, UPDATE, DELETE ON tracing.flyway_schema_history FROM tracing_app;
END $$;
