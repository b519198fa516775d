-- What the service may, and may not, beyond afterMigrate__platform.sql. Runs after every migrate; a role that does not
-- exist (one user for all) needs nothing, and what does not exist (migrated to an older version) is passed over.
DO $$
BEGIN
  -- Two GRANTs on one object at the same moment fail, and replicas start at the same moment. See afterMigrate__platform.sql.
  PERFORM pg_advisory_xact_lock(hashtext('chat.afterMigrate'));
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'chat_app') THEN
    RETURN;
  END IF;
  IF to_regprocedure('chat.pin_session(bigint, text, bigint, boolean)') IS NOT NULL THEN
    GRANT EXECUTE ON FUNCTION chat.pin_session(bigint, text, bigint, boolean) TO chat_app;
  END IF;
  IF to_regclass('chat.chat_messages') IS NOT NULL THEN
    -- What was said stays said: a message goes only when its session goes.
    REVOKE UPDATE, DELETE ON chat.chat_messages FROM chat_app;
  END IF;
END $$;
