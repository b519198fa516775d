-- Who may call what this schema publishes. Runs after every migrate, so that roles made later get
-- their rights at the next start; a role that does not exist (one user for all) needs none. What
-- does not exist (migrated to an older version) is passed over.
DO $$
DECLARE
  reader text;
BEGIN
  FOREACH reader IN ARRAY ARRAY['chat_app', 'tracing_app'] LOOP
    IF to_regclass('chat.chat_sessions') IS NOT NULL
       AND EXISTS (SELECT FROM pg_roles WHERE rolname = reader) THEN
      EXECUTE format(
        'GRANT EXECUTE ON FUNCTION chat.pin_session(bigint, text, bigint, boolean) TO %I', reader);
    END IF;
  END LOOP;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'chat_app') THEN
    -- The service reads its history (health) but never writes it.
    REVOKE INSERT, UPDATE, DELETE ON chat.flyway_schema_history FROM chat_app;
    IF to_regclass('chat.chat_messages') IS NOT NULL THEN
      -- What was said stays said: a message goes only when its session goes.
      REVOKE UPDATE, DELETE ON chat.chat_messages FROM chat_app;
    END IF;
  END IF;
END $$;
