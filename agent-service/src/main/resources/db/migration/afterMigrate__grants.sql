-- Who may call what this schema publishes. Runs after every migrate, so that roles made later get
-- their rights at the next start; a role that does not exist (one user for all) needs none. What
-- does not exist (migrated to an older version) is passed over.
DO $$
DECLARE
  reader text;
BEGIN
  FOREACH reader IN ARRAY ARRAY['chat_app', 'tracing_app'] LOOP
    IF to_regclass('agents.agents') IS NOT NULL AND EXISTS (SELECT FROM pg_roles WHERE rolname = reader) THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION agents.pin_agent(bigint, bigint, text, boolean) TO %I', reader);
      EXECUTE format('GRANT EXECUTE ON FUNCTION agents.agent_names(bigint[]) TO %I', reader);
    END IF;
  END LOOP;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'agents_app') THEN
    -- The service reads its history (health) but never writes it.
    REVOKE INSERT, UPDATE, DELETE ON agents.flyway_schema_history FROM agents_app;
    IF to_regclass('agents.agent_status_changes') IS NOT NULL THEN
      -- The history of an agent is only added to.
      REVOKE UPDATE, DELETE ON agents.agent_status_changes FROM agents_app;
    END IF;
  END IF;
END $$;
