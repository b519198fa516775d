-- Rights beyond the default ones. Runs after every migrate, so that a role made later gets them at
-- the next start; a role that does not exist (one user for all) needs none. What does not exist
-- (migrated to an older version) is passed over.
DO $$
DECLARE
  callable record;
BEGIN
  -- Two GRANTs on one object at the same moment fail, and replicas start at the same moment. Whoever runs
  -- these scripts without Flyway holds the same lock.
  PERFORM pg_advisory_xact_lock(hashtext('tracing.afterMigrate'));
  FOR callable IN
    SELECT f.signature, r.rolname
    FROM (VALUES
      ('tracing.ensure_log_partitions(integer)',           ARRAY['tracing_app']),
      ('tracing.drop_log_partitions_before(timestamptz)',  ARRAY['tracing_app']),
      ('tracing.references_to(text, bigint[], boolean)',   ARRAY['agents_app', 'chat_app']),
      ('tracing.hand_over(text, bigint, bigint)',          ARRAY['agents_app', 'chat_app'])
    ) AS f (signature, callers)
    JOIN pg_roles r ON r.rolname = ANY (f.callers)
    WHERE to_regprocedure(f.signature) IS NOT NULL
  LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', callable.signature, callable.rolname);
  END LOOP;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracing_app') THEN
    RETURN;
  END IF;
  IF to_regclass('tracing.declared_references') IS NOT NULL THEN
    -- Only migrations declare.
    REVOKE INSERT, UPDATE, DELETE ON tracing.declared_references FROM tracing_app;
  END IF;
  -- What happened is never changed; only what is too old is removed.
  IF to_regclass('tracing.log_entries') IS NOT NULL THEN
    REVOKE UPDATE ON tracing.log_entries FROM tracing_app;
    REVOKE INSERT, UPDATE ON tracing.log_entries_default FROM tracing_app;
  END IF;
  -- The service reads its history (health) but never writes it.
  REVOKE INSERT, UPDATE, DELETE ON tracing.flyway_schema_history FROM tracing_app;
  IF to_regclass('tracing.audit_events') IS NOT NULL AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracing_app') THEN
    -- What happened is never changed; only whole months go, by the functions.
    REVOKE UPDATE, DELETE ON tracing.audit_events FROM tracing_app;
    REVOKE ALL ON tracing.audit_events_default FROM tracing_app;
    GRANT EXECUTE ON FUNCTION tracing.ensure_audit_partitions(integer) TO tracing_app;
    GRANT EXECUTE ON FUNCTION tracing.drop_audit_partitions_before(timestamptz) TO tracing_app;
  END IF;
END $$;
