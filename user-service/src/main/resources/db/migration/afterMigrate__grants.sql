-- What this schema publishes to every service, and to its own; what follows from the references of others into it is in
-- afterMigrate__platform.sql. Runs after every migrate, so that a role made later gets its rights at the next start; a role
-- that does not exist (one user for all) needs none. What does not exist (migrated to an older version) is passed over.
DO $$
DECLARE
  published record;
BEGIN
  -- Two GRANTs on one object at the same moment fail, and replicas start at the same moment. Whoever runs
  -- these scripts without Flyway holds the same lock.
  PERFORM pg_advisory_xact_lock(hashtext('users.afterMigrate'));
  FOR published IN
    SELECT p.oid::regprocedure AS signature, r.rolname
    FROM regexp_split_to_table(current_setting('a2g.services', true), ',') AS caller
    JOIN pg_roles r ON r.rolname = caller || '_app'
    JOIN pg_proc p ON p.pronamespace = 'users'::regnamespace
      AND (p.proname IN ('caller_of_key', 'find_api_key', 'published_signing_keys', 'caller_of_token')
           OR (caller = 'users' AND p.proname IN ('pin_user', 'pin_users', 'is_signed_in'))
           OR (caller = 'agents' AND p.proname = 'user_contacts'))
  LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', published.signature, published.rolname);
  END LOOP;
END $$;
