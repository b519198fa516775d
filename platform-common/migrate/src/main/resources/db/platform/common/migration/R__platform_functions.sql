-- What every schema of the platform has: a change here reaches all of them with the next upgrade.

CREATE OR REPLACE FUNCTION ${flyway:defaultSchema}.set_updated_at() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END $$;
COMMENT ON FUNCTION ${flyway:defaultSchema}.set_updated_at() IS 'Trigger: keeps updated_at, whoever writes.';

-- The service may not create tables, so these functions run as the owner of the schema. Their lock_timeout is below
-- deadlock_timeout (1 s): when upkeep meets traffic, upkeep gives way.
CREATE OR REPLACE FUNCTION ${flyway:defaultSchema}.ensure_audit_partitions(p_months_ahead integer) RETURNS integer
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET lock_timeout = '500ms' AS $$
DECLARE
  month_begins timestamptz;
  month_ends   timestamptz;
  partition    text;
  made         integer := 0;
BEGIN
  IF p_months_ahead NOT BETWEEN 1 AND 24 THEN
    RAISE EXCEPTION 'months ahead must be 1 to 24, not %', p_months_ahead
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('${flyway:defaultSchema}.audit_events', 0));
  FOR ahead IN 0 .. p_months_ahead LOOP
    month_begins := date_trunc('month', now()) + make_interval(months => ahead);
    month_ends := month_begins + interval '1 month';
    partition := 'audit_events_' || to_char(month_begins, 'YYYY_MM');
    CONTINUE WHEN to_regclass('${flyway:defaultSchema}.' || partition) IS NOT NULL;
    -- Made beside and attached, which lets reads and writes of the other partitions go on.
    EXECUTE format(
      'CREATE TABLE ${flyway:defaultSchema}.%I (LIKE ${flyway:defaultSchema}.audit_events INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition);
    LOCK TABLE ${flyway:defaultSchema}.audit_events_default IN ACCESS EXCLUSIVE MODE;
    EXECUTE format(
      'WITH early AS (DELETE FROM ${flyway:defaultSchema}.audit_events_default
                      WHERE occurred_at >= $1 AND occurred_at < $2 RETURNING *)
       INSERT INTO ${flyway:defaultSchema}.%I SELECT * FROM early', partition)
      USING month_begins, month_ends;
    EXECUTE format(
      'ALTER TABLE ${flyway:defaultSchema}.audit_events ATTACH PARTITION ${flyway:defaultSchema}.%I FOR VALUES FROM (%L) TO (%L)',
      partition, month_begins, month_ends);
    -- Events are read and written through audit_events alone.
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${flyway:defaultSchema}_app') THEN
      EXECUTE format('REVOKE ALL ON TABLE ${flyway:defaultSchema}.%I FROM ${flyway:defaultSchema}_app', partition);
    END IF;
    made := made + 1;
  END LOOP;
  RETURN made;
END $$;
REVOKE ALL ON FUNCTION ${flyway:defaultSchema}.ensure_audit_partitions(integer) FROM PUBLIC;
COMMENT ON FUNCTION ${flyway:defaultSchema}.ensure_audit_partitions(integer) IS
  'Makes the partitions of this month and of the months ahead (1 to 24) that are missing; returns how many. Safe at once on several replicas.';

CREATE OR REPLACE FUNCTION ${flyway:defaultSchema}.drop_audit_partitions_before(p_cutoff timestamptz) RETURNS integer
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET lock_timeout = '500ms' AS $$
DECLARE
  partition regclass;
  dropped   integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('${flyway:defaultSchema}.audit_events', 0));
  FOR partition IN
    SELECT c.oid::regclass
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = '${flyway:defaultSchema}.audit_events'::regclass
      -- The upper bound; null for the default partition. An audit is kept a year whatever a caller asks for.
      AND substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''([^'']+)''\)')::timestamptz
          <= least(p_cutoff, now() - interval '365 days')
    ORDER BY c.relname
  LOOP
    EXECUTE format('DROP TABLE %s', partition);
    dropped := dropped + 1;
  END LOOP;
  DELETE FROM ${flyway:defaultSchema}.audit_events_default WHERE occurred_at < least(p_cutoff, now() - interval '365 days');
  RETURN dropped;
END $$;
REVOKE ALL ON FUNCTION ${flyway:defaultSchema}.drop_audit_partitions_before(timestamptz) FROM PUBLIC;
COMMENT ON FUNCTION ${flyway:defaultSchema}.drop_audit_partitions_before(timestamptz) IS
  'Drops the partitions that end at the cutoff or before, never one younger than 365 days; returns how many.';

SELECT ${flyway:defaultSchema}.ensure_audit_partitions(3);
