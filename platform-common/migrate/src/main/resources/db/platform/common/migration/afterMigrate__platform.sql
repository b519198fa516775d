-- Rights that every schema of the platform gives. Runs after every migrate, so that roles made later get theirs at the
-- next start; a role that does not exist (one user for all) needs none. What does not exist (migrated to an older
-- version) is passed over. The tool tells by settings of the session who refers to whom:
--   a2g.targets    the schemas whose rows this one refers to, such as users,agents
--   a2g.referrers  who refers to which kind of row of this one, such as user:agents,user:chat
--   a2g.services   all schemas
DO $$
DECLARE
  app       constant text := '${flyway:defaultSchema}_app';
  published record;
  closed    regclass;
BEGIN
  -- Two GRANTs on one object at the same moment fail, and replicas start at the same moment. Whoever runs
  -- these scripts without Flyway holds the same lock.
  PERFORM pg_advisory_xact_lock(hashtext('${flyway:defaultSchema}.afterMigrate'));
  FOR published IN
    WITH referrers AS (
      SELECT split_part(pair, ':', 1) AS noun, split_part(pair, ':', 2) AS referrer
      FROM regexp_split_to_table(current_setting('a2g.referrers', true), ',') AS pair
    ), callers (function, role) AS (
      SELECT unnest(ARRAY['next_partition', 'drop_partitions_before', 'delete_strays_before',
        'ensure_audit_partitions', 'drop_audit_partitions_before']), app
      UNION ALL
      -- The owner of a row asks those that refer to it before it goes.
      SELECT unnest(ARRAY['references_to', 'hand_over']), target || '_app'
      FROM regexp_split_to_table(current_setting('a2g.targets', true), ',') AS target
      UNION ALL
      -- Whoever refers to a row pins it, and shows its name; the tool, as the migrator, looks for orphans.
      SELECT unnest(ARRAY['pin_' || noun, 'pin_' || noun || 's', noun || '_names', noun || '_states']), referrer || '_app'
      FROM referrers
      UNION ALL
      SELECT noun || '_states', referrer || '_migrator' FROM referrers
    )
    SELECT p.oid::regprocedure AS signature, r.rolname
    FROM callers c
    JOIN pg_proc p ON p.proname = c.function AND p.pronamespace = '${flyway:defaultSchema}'::regnamespace
    JOIN pg_roles r ON r.rolname = c.role
  LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', published.signature, published.rolname);
  END LOOP;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = app) THEN
    RETURN;
  END IF;
  -- The service reads its history (health) and what the tool keeps, but never writes them.
  REVOKE INSERT, UPDATE, DELETE ON ${flyway:defaultSchema}.flyway_schema_history FROM ${flyway:defaultSchema}_app;
  FOR closed IN
    SELECT c.oid FROM pg_class c
    WHERE c.relnamespace = '${flyway:defaultSchema}'::regnamespace
      AND c.relname IN ('migration_audit', 'migration_control', 'migration_backfill')
  LOOP
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %s FROM %I', closed, app);
  END LOOP;
  -- Partitions are used through their parent, whose rights count.
  FOR closed IN
    SELECT DISTINCT c.oid FROM pg_class c, aclexplode(c.relacl) a
    WHERE c.relnamespace = '${flyway:defaultSchema}'::regnamespace AND c.relkind = 'r' AND c.relispartition
      AND a.grantee = app::regrole AND c.relname !~ '_default$'
  LOOP
    EXECUTE format('REVOKE ALL ON %s FROM %I', closed, app);
  END LOOP;
  IF to_regclass('${flyway:defaultSchema}.declared_references') IS NOT NULL THEN
    -- Only the tool declares.
    REVOKE INSERT, UPDATE, DELETE ON ${flyway:defaultSchema}.declared_references FROM ${flyway:defaultSchema}_app;
  END IF;
  IF to_regclass('${flyway:defaultSchema}.audit_events') IS NOT NULL THEN
    -- What happened is never changed; only whole months go, by the functions.
    REVOKE UPDATE, DELETE ON ${flyway:defaultSchema}.audit_events FROM ${flyway:defaultSchema}_app;
    REVOKE ALL ON ${flyway:defaultSchema}.audit_events_default FROM ${flyway:defaultSchema}_app;
  END IF;
END $$;
