-- Who may call what this schema publishes. Runs after every migrate, so that roles made later get
-- their rights at the next start; a role that does not exist (one user for all) needs none. What
-- does not exist (migrated to an older version) is passed over.
DO $$
DECLARE
  published record;
BEGIN
  -- Two GRANTs on one object at the same moment fail, and replicas start at the same moment. Whoever runs
  -- these scripts without Flyway holds the same lock.
  PERFORM pg_advisory_xact_lock(hashtext('chat.afterMigrate'));
  FOR published IN
    SELECT f.signature, r.rolname
    FROM (VALUES
      ('chat.pin_session(bigint, text, bigint, boolean)', ARRAY['chat_app', 'tracing_app']),
      ('chat.session_states(bigint[])',                   ARRAY['tracing_app', 'tracing_migrator']),
      ('chat.references_to(text, bigint[], boolean)',     ARRAY['users_app', 'agents_app']),
      ('chat.hand_over(text, bigint, bigint)',            ARRAY['users_app', 'agents_app'])
    ) AS f (signature, callers)
    JOIN pg_roles r ON r.rolname = ANY (f.callers)
    WHERE to_regprocedure(f.signature) IS NOT NULL
  LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', published.signature, published.rolname);
  END LOOP;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'chat_app') THEN
    -- The service reads its history (health) but never writes it.
    REVOKE INSERT, UPDATE, DELETE ON chat.flyway_schema_history FROM chat_app;
    IF to_regclass('chat.declared_references') IS NOT NULL THEN
      -- Only migrations declare.
      REVOKE INSERT, UPDATE, DELETE ON chat.declared_references FROM chat_app;
    END IF;
    IF to_regclass('chat.chat_messages') IS NOT NULL THEN
      -- What was said stays said: a message goes only when its session goes.
      REVOKE UPDATE, DELETE ON chat.chat_messages FROM chat_app;
    END IF;
  END IF;
  IF to_regclass('chat.audit_events') IS NOT NULL AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'chat_app') THEN
    -- What happened is never changed; only whole months go, by the functions.
    REVOKE UPDATE, DELETE ON chat.audit_events FROM chat_app;
    REVOKE ALL ON chat.audit_events_default FROM chat_app;
    GRANT EXECUTE ON FUNCTION chat.ensure_audit_partitions(integer) TO chat_app;
    GRANT EXECUTE ON FUNCTION chat.drop_audit_partitions_before(timestamptz) TO chat_app;
  END IF;
END $$;
