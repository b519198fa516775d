-- Who may call what this schema publishes. Runs after every migrate, so that roles made later get
-- their rights at the next start; a role that does not exist (one user for all) needs none.
DO $$
DECLARE
  reader text;
BEGIN
  FOREACH reader IN ARRAY ARRAY['users_app', 'agents_app', 'chat_app', 'tracing_app', 'admin_app'] LOOP
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = reader) THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION users.find_api_key(bytea) TO %I', reader);
    END IF;
  END LOOP;
  FOREACH reader IN ARRAY ARRAY['users_app', 'agents_app', 'chat_app'] LOOP
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = reader) THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION users.pin_user(bigint) TO %I', reader);
      EXECUTE format('GRANT EXECUTE ON FUNCTION users.user_names(bigint[]) TO %I', reader);
    END IF;
  END LOOP;
  -- The service reads its history (health) but never writes it.
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'users_app') THEN
    REVOKE INSERT, UPDATE, DELETE ON users.flyway_schema_history FROM users_app;
  END IF;
END $$;
