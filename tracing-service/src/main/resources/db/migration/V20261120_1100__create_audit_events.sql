-- Who did what: written in the transaction of the change itself, never changed. One partition for each month (UTC), so
-- that what is too old goes by dropping a table; the default one takes what has none.
CREATE TABLE tracing.audit_events (
  id             bigint      GENERATED ALWAYS AS IDENTITY,
  occurred_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor_id       bigint,
  api_key_id     bigint,
  action         text        NOT NULL CHECK (char_length(action) BETWEEN 1 AND 80),
  resource_type  text        NOT NULL CHECK (char_length(resource_type) BETWEEN 1 AND 40),
  resource_id    text        NOT NULL CHECK (char_length(resource_id) BETWEEN 1 AND 100),
  before         jsonb,
  after          jsonb,
  client_address inet,
  user_agent     text        CHECK (char_length(user_agent) <= 200),
  trace_id       text        CHECK (trace_id ~ '^[0-9a-f]{32}$'),
  PRIMARY KEY (id, occurred_at)
) PARTITION BY RANGE (occurred_at);
-- Serves: what happened to one thing, and what one person did, newest first.
CREATE INDEX audit_events_resource_idx ON tracing.audit_events (resource_type, resource_id, id);
CREATE INDEX audit_events_actor_id_id_idx ON tracing.audit_events (actor_id, id);
CREATE TABLE tracing.audit_events_default PARTITION OF tracing.audit_events DEFAULT;

COMMENT ON TABLE tracing.audit_events IS 'Changes that somebody may have to answer for; append-only.';
COMMENT ON COLUMN tracing.audit_events.actor_id IS 'users.users.id of who did it, a recorded fact; null: the platform itself.';
COMMENT ON COLUMN tracing.audit_events.api_key_id IS 'users.api_keys.id of the key in use; null: none.';
COMMENT ON COLUMN tracing.audit_events.action IS 'Resource and verb, such as user.role_changed.';
COMMENT ON COLUMN tracing.audit_events.before IS 'What changed, as it was; no secret; null: nothing was there.';
COMMENT ON COLUMN tracing.audit_events.after IS 'What changed, as it is now; no secret; null: nothing is left.';
COMMENT ON COLUMN tracing.audit_events.client_address IS 'Where the request came from; null: no request.';
COMMENT ON COLUMN tracing.audit_events.trace_id IS 'W3C trace id of the request; null: no request.';

-- The service may not create tables, so these functions run as the owner of the schema. Their lock_timeout is below
-- deadlock_timeout (1 s): when upkeep meets traffic, upkeep gives way.
CREATE FUNCTION tracing.ensure_audit_partitions(p_months_ahead integer) RETURNS integer
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
  PERFORM pg_advisory_xact_lock(hashtextextended('tracing.audit_events', 0));
  FOR ahead IN 0 .. p_months_ahead LOOP
    month_begins := date_trunc('month', now()) + make_interval(months => ahead);
    month_ends := month_begins + interval '1 month';
    partition := 'audit_events_' || to_char(month_begins, 'YYYY_MM');
    CONTINUE WHEN to_regclass('tracing.' || partition) IS NOT NULL;
    -- Made beside and attached, which lets reads and writes of the other partitions go on.
    EXECUTE format(
      'CREATE TABLE tracing.%I (LIKE tracing.audit_events INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition);
    LOCK TABLE tracing.audit_events_default IN ACCESS EXCLUSIVE MODE;
    EXECUTE format(
      'WITH early AS (DELETE FROM tracing.audit_events_default
                      WHERE occurred_at >= $1 AND occurred_at < $2 RETURNING *)
       INSERT INTO tracing.%I SELECT * FROM early', partition)
      USING month_begins, month_ends;
    EXECUTE format(
      'ALTER TABLE tracing.audit_events ATTACH PARTITION tracing.%I FOR VALUES FROM (%L) TO (%L)',
      partition, month_begins, month_ends);
    -- Events are read and written through audit_events alone.
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracing_app') THEN
      EXECUTE format('REVOKE ALL ON TABLE tracing.%I FROM tracing_app', partition);
    END IF;
    made := made + 1;
  END LOOP;
  RETURN made;
END $$;
REVOKE ALL ON FUNCTION tracing.ensure_audit_partitions(integer) FROM PUBLIC;
COMMENT ON FUNCTION tracing.ensure_audit_partitions(integer) IS
  'Makes the partitions of this month and of the months ahead (1 to 24) that are missing; returns how many. Safe at once on several replicas.';

CREATE FUNCTION tracing.drop_audit_partitions_before(p_cutoff timestamptz) RETURNS integer
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET lock_timeout = '500ms' AS $$
DECLARE
  partition regclass;
  dropped   integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('tracing.audit_events', 0));
  FOR partition IN
    SELECT c.oid::regclass
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'tracing.audit_events'::regclass
      -- The upper bound; null for the default partition. An audit is kept a year whatever a caller asks for.
      AND substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''([^'']+)''\)')::timestamptz
          <= least(p_cutoff, now() - interval '365 days')
    ORDER BY c.relname
  LOOP
    EXECUTE format('DROP TABLE %s', partition);
    dropped := dropped + 1;
  END LOOP;
  DELETE FROM tracing.audit_events_default WHERE occurred_at < least(p_cutoff, now() - interval '365 days');
  RETURN dropped;
END $$;
REVOKE ALL ON FUNCTION tracing.drop_audit_partitions_before(timestamptz) FROM PUBLIC;
COMMENT ON FUNCTION tracing.drop_audit_partitions_before(timestamptz) IS
  'Drops the partitions that end at the cutoff or before, never one younger than 365 days; returns how many.';

SELECT tracing.ensure_audit_partitions(3);
