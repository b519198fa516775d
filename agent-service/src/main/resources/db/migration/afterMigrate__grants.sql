-- Who may call what this schema publishes. Runs after every migrate, so that roles made later get
-- their rights at the next start; a role that does not exist (one user for all) needs none. What
-- does not exist (migrated to an older version) is passed over.
DO $$
DECLARE
  published record;
BEGIN
  -- Two GRANTs on one object at the same moment fail, and replicas start at the same moment. Whoever runs
  -- these scripts without Flyway holds the same lock.
  PERFORM pg_advisory_xact_lock(hashtext('agents.afterMigrate'));
  FOR published IN
    SELECT f.signature, r.rolname
    FROM (VALUES
      ('agents.pin_agent(bigint, bigint, text, boolean)', ARRAY['chat_app', 'tracing_app']),
      ('agents.pin_agents(bigint[], bigint, text, boolean)', ARRAY['chat_app', 'tracing_app']),
      ('agents.agent_names(bigint[])',                    ARRAY['chat_app', 'tracing_app']),
      ('agents.agent_states(bigint[])',
         ARRAY['chat_app', 'tracing_app', 'chat_migrator', 'tracing_migrator']),
      ('agents.references_to(text, bigint[], boolean)',   ARRAY['users_app']),
      ('agents.hand_over(text, bigint, bigint)',          ARRAY['users_app'])
    ) AS f (signature, callers)
    JOIN pg_roles r ON r.rolname = ANY (f.callers)
    WHERE to_regprocedure(f.signature) IS NOT NULL
  LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', published.signature, published.rolname);
  END LOOP;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'agents_app') THEN
    -- The service reads its history (health) but never writes it.
    REVOKE INSERT, UPDATE, DELETE ON agents.flyway_schema_history FROM agents_app;
    IF to_regclass('agents.declared_references') IS NOT NULL THEN
      -- Only migrations declare.
      REVOKE INSERT, UPDATE, DELETE ON agents.declared_references FROM agents_app;
    END IF;
    IF to_regclass('agents.agent_status_changes') IS NOT NULL THEN
      -- The history of an agent is only added to.
      REVOKE UPDATE, DELETE ON agents.agent_status_changes FROM agents_app;
    END IF;
  END IF;
  IF to_regclass('agents.audit_events') IS NOT NULL AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'agents_app') THEN
    -- What happened is never changed; only whole months go, by the functions.
    REVOKE UPDATE, DELETE ON agents.audit_events FROM agents_app;
    REVOKE ALL ON agents.audit_events_default FROM agents_app;
    GRANT EXECUTE ON FUNCTION agents.ensure_audit_partitions(integer) TO agents_app;
    GRANT EXECUTE ON FUNCTION agents.drop_audit_partitions_before(timestamptz) TO agents_app;
  END IF;
END $$;
