-- Rights beyond the default ones. Runs after every migrate, so that a role made later gets them at
-- the next start; a role that does not exist (one user for all) needs none.
DO $$
BEGIN
  -- The service reads its history (health) but never writes it.
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'admin_app') THEN
    REVOKE INSERT, UPDATE, DELETE ON admin.flyway_schema_history FROM admin_app;
  END IF;
END $$;
