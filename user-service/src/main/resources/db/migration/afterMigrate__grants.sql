-- Who may call what this schema publishes. Runs after every migrate, so that roles made later get
-- their rights at the next start; a role that does not exist (one user for all) needs none. What
-- does not exist (migrated to an older version) is passed over.
DO $$
DECLARE
  published record;
BEGIN
  -- Two GRANTs on one object at the same moment fail, and replicas start at the same moment. Whoever runs
  -- these scripts without Flyway holds the same lock.
  PERFORM pg_advisory_xact_lock(hashtext('users.afterMigrate'));
  FOR published IN
    SELECT f.signature, r.rolname
    FROM (VALUES
      ('users.caller_of_key(bytea)', ARRAY['users_app', 'agents_app', 'chat_app', 'tracing_app', 'admin_app']),
      ('users.find_api_key(bytea)',  ARRAY['users_app', 'agents_app', 'chat_app', 'tracing_app', 'admin_app']),
      ('users.published_signing_keys()', ARRAY['users_app', 'agents_app', 'chat_app', 'tracing_app', 'admin_app']),
      ('users.caller_of_token(bigint, text)', ARRAY['users_app', 'agents_app', 'chat_app', 'tracing_app', 'admin_app']),
      ('users.pin_user(bigint)',     ARRAY['users_app', 'agents_app', 'chat_app']),
      ('users.pin_users(bigint[])',  ARRAY['users_app', 'agents_app', 'chat_app']),
      ('users.user_contacts(bigint[])', ARRAY['agents_app']),
      ('users.user_names(bigint[])', ARRAY['agents_app', 'chat_app']),
      ('users.user_states(bigint[])', ARRAY['agents_app', 'chat_app', 'agents_migrator', 'chat_migrator'])
    ) AS f (signature, callers)
    JOIN pg_roles r ON r.rolname = ANY (f.callers)
    WHERE to_regprocedure(f.signature) IS NOT NULL
  LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', published.signature, published.rolname);
  END LOOP;
  -- The service reads its history (health) but never writes it.
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'users_app') THEN
    REVOKE INSERT, UPDATE, DELETE ON users.flyway_schema_history FROM users_app;
  END IF;
  IF to_regclass('users.audit_events') IS NOT NULL AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'users_app') THEN
    -- What happened is never changed; only whole months go, by the functions.
    REVOKE UPDATE, DELETE ON users.audit_events FROM users_app;
    REVOKE ALL ON users.audit_events_default FROM users_app;
    GRANT EXECUTE ON FUNCTION users.ensure_audit_partitions(integer) TO users_app;
    GRANT EXECUTE ON FUNCTION users.drop_audit_partitions_before(timestamptz) TO users_app;
  END IF;
END $$;
