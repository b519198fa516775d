-- What the service may, and may not, beyond afterMigrate__platform.sql. Runs after every migrate; a role that does not
-- exist (one user for all) needs nothing, and what does not exist (migrated to an older version) is passed over.
DO $$
BEGIN
  -- Two GRANTs on one object at the same moment fail, and replicas start at the same moment. See afterMigrate__platform.sql.
  PERFORM pg_advisory_xact_lock(hashtext('agents.afterMigrate'));
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'agents_app') THEN
    RETURN;
  END IF;
  IF to_regclass('agents.agent_status_changes') IS NOT NULL THEN
    -- The history of an agent is only added to.
    REVOKE UPDATE, DELETE ON agents.agent_status_changes FROM agents_app;
  END IF;
END $$;
