-- Rights beyond the default ones. Runs after every migrate, so that a role made later gets them at
-- the next start; a role that does not exist (one user for all) needs none.
DO $$
BEGIN
  -- Two GRANTs on one object at the same moment fail, and replicas start at the same moment. Whoever runs
  -- these scripts without Flyway holds the same lock.
  PERFORM pg_advisory_xact_lock(hashtext('admin.afterMigrate'));
  -- The service reads its history (health) but never writes it.
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'admin_app') THEN
    REVOKE INSERT, UPDATE, DELETE ON admin.flyway_schema_history FROM admin_app;
  END IF;
  IF to_regclass('admin.audit_events') IS NOT NULL AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'admin_app') THEN
    -- What happened is never changed; only whole months go, by the functions.
    REVOKE UPDATE, DELETE ON admin.audit_events FROM admin_app;
    REVOKE ALL ON admin.audit_events_default FROM admin_app;
    GRANT EXECUTE ON FUNCTION admin.ensure_audit_partitions(integer) TO admin_app;
    GRANT EXECUTE ON FUNCTION admin.drop_audit_partitions_before(timestamptz) TO admin_app;
  END IF;
END $$;
