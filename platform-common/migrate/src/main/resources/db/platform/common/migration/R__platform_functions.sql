-- What every schema of the platform has: a change here reaches all of them with the next upgrade.

CREATE OR REPLACE FUNCTION ${flyway:defaultSchema}.set_updated_at() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END $$;
COMMENT ON FUNCTION ${flyway:defaultSchema}.set_updated_at() IS 'Trigger: keeps updated_at, whoever writes.';

-- Tables that have a partition for each month (UTC) of occurred_at, and a default one called <table>_default for what has
-- no month yet. The service may not create tables, so these functions run as the owner of the schema. Their lock_timeout is
-- below deadlock_timeout (1 s): when upkeep meets traffic, upkeep gives way.

CREATE OR REPLACE FUNCTION ${flyway:defaultSchema}.partitions_of(p_table text)
RETURNS TABLE (partition regclass, begins timestamptz, ends timestamptz)
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
  SELECT c.oid::regclass,
    coalesce(substring(bounds FROM 'FROM \(''([^'']+)''\)')::timestamptz, '-infinity'),
    substring(bounds FROM 'TO \(''([^'']+)''\)')::timestamptz
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid, LATERAL pg_get_expr(c.relpartbound, c.oid) AS bounds
  WHERE i.inhparent = format('${flyway:defaultSchema}.%I', p_table)::regclass AND bounds <> 'DEFAULT'
$$;
REVOKE ALL ON FUNCTION ${flyway:defaultSchema}.partitions_of(text) FROM PUBLIC;
COMMENT ON FUNCTION ${flyway:defaultSchema}.partitions_of(text) IS
  'The partitions with their bounds, the end not included; without the default one.';

CREATE OR REPLACE FUNCTION ${flyway:defaultSchema}.retire_default_partition(p_table text) RETURNS boolean
LANGUAGE plpgsql VOLATILE STRICT
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET lock_timeout = '500ms' AS $$
DECLARE
  parent   constant text := format('${flyway:defaultSchema}.%I', p_table);
  fallback constant text := format('${flyway:defaultSchema}.%I', p_table || '_default');
  step     record;
  oldest   timestamptz;
  newest   timestamptz;
  range    record;
  name     text;
  retired  text;
BEGIN
  SELECT convalidated, pg_get_constraintdef(oid) AS definition INTO step
  FROM pg_constraint WHERE conrelid = fallback::regclass AND conname = 'retired';
  IF NOT FOUND THEN
    EXECUTE format('SELECT min(occurred_at), max(occurred_at) FROM %1$s WHERE (SELECT count(*) FROM (SELECT FROM %1$s LIMIT 10001) few) > 10000',
      fallback) INTO oldest, newest;
    IF oldest IS NULL THEN
      RETURN false;
    END IF;
    -- Between which partitions its rows are. After the last one: as far as no row reaches while this goes on.
    SELECT coalesce(max(p.ends) FILTER (WHERE p.ends <= oldest), '-infinity') AS begins,
      coalesce(min(p.begins) FILTER (WHERE p.begins > oldest),
        date_trunc('month', greatest(newest, now())) + interval '2 months') AS ends
    INTO range FROM ${flyway:defaultSchema}.partitions_of(p_table) p;
    IF newest >= range.ends THEN
      -- On both sides of a partition: month by month, then.
      RETURN false;
    END IF;
    EXECUTE format('ALTER TABLE %s ADD CONSTRAINT retired CHECK (occurred_at >= %L AND occurred_at < %L) NOT VALID',
      fallback, range.begins, range.ends);
    RETURN true;
  END IF;
  IF NOT step.convalidated THEN
    BEGIN
      EXECUTE format('ALTER TABLE %s VALIDATE CONSTRAINT retired', fallback);
    EXCEPTION WHEN check_violation THEN
      -- A row came while the bounds were chosen: they are chosen again.
      EXECUTE format('ALTER TABLE %s DROP CONSTRAINT retired', fallback);
    END;
    RETURN true;
  END IF;
  SELECT substring(step.definition FROM '>= ''([^'']+)''')::timestamptz AS begins,
    substring(step.definition FROM '< ''([^'']+)''')::timestamptz AS ends INTO range;
  name := p_table || to_char(range.ends, '"_to_"YYYY_MM');
  retired := format('${flyway:defaultSchema}.%I', name);
  EXECUTE format('ALTER TABLE %s DETACH PARTITION %s', parent, fallback);
  FOR step IN
    SELECT i.indexrelid::regclass AS index, c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = fallback::regclass
  LOOP
    EXECUTE format('ALTER INDEX %s RENAME TO %I', step.index, replace(step.relname, p_table || '_default', name));
  END LOOP;
  EXECUTE format('ALTER TABLE %s RENAME TO %I', fallback, name);
  -- The constraint spares the scan.
  EXECUTE format('ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%s) TO (%L)', parent, retired,
    CASE range.begins WHEN '-infinity' THEN 'MINVALUE' ELSE quote_literal(range.begins) END, range.ends);
  EXECUTE format('ALTER TABLE %s DROP CONSTRAINT retired', retired);
  EXECUTE format('CREATE TABLE %s (LIKE %s INCLUDING ALL EXCLUDING IDENTITY)', fallback, retired);
  EXECUTE format('ALTER TABLE %s ATTACH PARTITION %s DEFAULT', parent, fallback);
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${flyway:defaultSchema}_app') THEN
    EXECUTE format('REVOKE ALL ON %s, %s FROM ${flyway:defaultSchema}_app', fallback, retired);
  END IF;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION ${flyway:defaultSchema}.retire_default_partition(text) FROM PUBLIC;
COMMENT ON FUNCTION ${flyway:defaultSchema}.retire_default_partition(text) IS
  'One step, in a transaction of its own, on the way of a default partition with more than 10,000 rows to one with bounds, and an empty one in its place: no row moves, and no scan holds up traffic. False: nothing to do.';

CREATE OR REPLACE FUNCTION ${flyway:defaultSchema}.next_partition(
  p_table text, p_oldest timestamptz, p_months_ahead integer) RETURNS boolean
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET lock_timeout = '500ms' AS $$
DECLARE
  parent   constant text := format('${flyway:defaultSchema}.%I', p_table);
  fallback constant text := format('${flyway:defaultSchema}.%I', p_table || '_default');
  begins   timestamptz;
  ends     timestamptz;
  month    text;
BEGIN
  IF p_months_ahead NOT BETWEEN 1 AND 24 THEN
    RAISE EXCEPTION 'months ahead must be 1 to 24, not %', p_months_ahead
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('${flyway:defaultSchema}.' || p_table, 0));
  IF ${flyway:defaultSchema}.retire_default_partition(p_table) THEN
    RETURN true;
  END IF;
  SELECT m INTO begins
  FROM generate_series(date_trunc('month', greatest(p_oldest, now() - interval '10 years')),
    date_trunc('month', now()) + make_interval(months => p_months_ahead), interval '1 month') m
  WHERE NOT EXISTS (SELECT FROM ${flyway:defaultSchema}.partitions_of(p_table) p
                    WHERE p.begins < m + interval '1 month' AND p.ends > m)
  ORDER BY m LIMIT 1;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  ends := begins + interval '1 month';
  month := format('${flyway:defaultSchema}.%I', p_table || to_char(begins, '_YYYY_MM'));
  -- Made beside and attached, which lets reads and writes of the other partitions go on.
  EXECUTE format('CREATE TABLE %s (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', month, parent);
  EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', fallback);
  EXECUTE format(
    'WITH early AS (DELETE FROM %s WHERE occurred_at >= $1 AND occurred_at < $2 RETURNING *)
     INSERT INTO %s SELECT * FROM early', fallback, month) USING begins, ends;
  EXECUTE format('ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%L) TO (%L)', parent, month, begins, ends);
  -- Rows are read and written through the parent alone.
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${flyway:defaultSchema}_app') THEN
    EXECUTE format('REVOKE ALL ON TABLE %s FROM ${flyway:defaultSchema}_app', month);
  END IF;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION ${flyway:defaultSchema}.next_partition(text, timestamptz, integer) FROM PUBLIC;
COMMENT ON FUNCTION ${flyway:defaultSchema}.next_partition(text, timestamptz, integer) IS
  'One short step: makes the first partition that is missing from the month of the oldest row that is kept (ten years back at most) to some months ahead (1 to 24). Call it until it is false; several replicas may at once.';

CREATE OR REPLACE FUNCTION ${flyway:defaultSchema}.latest_cutoff(p_table text) RETURNS timestamptz
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
  SELECT CASE p_table WHEN 'audit_events' THEN now() - interval '365 days' ELSE date_trunc('month', now()) END
$$;
REVOKE ALL ON FUNCTION ${flyway:defaultSchema}.latest_cutoff(text) FROM PUBLIC;
COMMENT ON FUNCTION ${flyway:defaultSchema}.latest_cutoff(text) IS
  'What is younger stays, whatever a caller asks for: a year of the audit, this month of anything else.';

CREATE OR REPLACE FUNCTION ${flyway:defaultSchema}.drop_partitions_before(p_table text, p_cutoff timestamptz) RETURNS integer
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET lock_timeout = '500ms' AS $$
DECLARE
  old     regclass;
  dropped integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('${flyway:defaultSchema}.' || p_table, 0));
  FOR old IN
    SELECT p.partition FROM ${flyway:defaultSchema}.partitions_of(p_table) p
    WHERE p.ends <= least(p_cutoff, ${flyway:defaultSchema}.latest_cutoff(p_table))
  LOOP
    EXECUTE format('DROP TABLE %s', old);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $$;
REVOKE ALL ON FUNCTION ${flyway:defaultSchema}.drop_partitions_before(text, timestamptz) FROM PUBLIC;
COMMENT ON FUNCTION ${flyway:defaultSchema}.drop_partitions_before(text, timestamptz) IS
  'Drops the partitions that end at the cutoff or before; returns how many.';

CREATE OR REPLACE FUNCTION ${flyway:defaultSchema}.delete_strays_before(
  p_table text, p_cutoff timestamptz, p_limit integer) RETURNS integer
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET lock_timeout = '500ms' AS $$
DECLARE
  stray   regclass;
  batch   integer;
  deleted integer := 0;
BEGIN
  FOR stray IN
    SELECT format('${flyway:defaultSchema}.%I', p_table || '_default')::regclass
    UNION ALL
    SELECT p.partition FROM ${flyway:defaultSchema}.partitions_of(p_table) p WHERE p.begins = '-infinity'
  LOOP
    EXECUTE format(
      'DELETE FROM %1$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s WHERE occurred_at < $1 LIMIT $2))', stray)
      USING least(p_cutoff, ${flyway:defaultSchema}.latest_cutoff(p_table)), p_limit - deleted;
    GET DIAGNOSTICS batch = ROW_COUNT;
    deleted := deleted + batch;
  END LOOP;
  RETURN deleted;
END $$;
REVOKE ALL ON FUNCTION ${flyway:defaultSchema}.delete_strays_before(text, timestamptz, integer) FROM PUBLIC;
COMMENT ON FUNCTION ${flyway:defaultSchema}.delete_strays_before(text, timestamptz, integer) IS
  'Deletes rows before the cutoff that are in no month, at most so many; returns how many.';

-- The release before calls these two, and may run beside this one.
CREATE OR REPLACE FUNCTION ${flyway:defaultSchema}.ensure_audit_partitions(p_months_ahead integer) RETURNS integer
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN ${flyway:defaultSchema}.next_partition('audit_events', now(), p_months_ahead)::integer;
END $$;
REVOKE ALL ON FUNCTION ${flyway:defaultSchema}.ensure_audit_partitions(integer) FROM PUBLIC;
COMMENT ON FUNCTION ${flyway:defaultSchema}.ensure_audit_partitions(integer) IS 'One step of next_partition, for the release before.';
CREATE OR REPLACE FUNCTION ${flyway:defaultSchema}.drop_audit_partitions_before(p_cutoff timestamptz) RETURNS integer
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN ${flyway:defaultSchema}.drop_partitions_before('audit_events', p_cutoff);
END $$;
REVOKE ALL ON FUNCTION ${flyway:defaultSchema}.drop_audit_partitions_before(timestamptz) FROM PUBLIC;
COMMENT ON FUNCTION ${flyway:defaultSchema}.drop_audit_partitions_before(timestamptz) IS 'drop_partitions_before, for the release before.';

-- A new schema begins with its months; later ones are up to the service, whose start does not wait for them.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM ${flyway:defaultSchema}.partitions_of('audit_events')) THEN
    WHILE ${flyway:defaultSchema}.next_partition('audit_events', now(), 3) LOOP
    END LOOP;
  END IF;
END $$;
