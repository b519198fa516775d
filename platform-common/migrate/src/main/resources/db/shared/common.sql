-- Every schema of the platform has this, made by migrations of its own: times of changes, idempotency keys, the audit,
-- request rates.
-- check puts the schema's name in place of ${schema}. A schema takes it by '-- shared: common' in its extras.sql.

SET LOCAL check_function_bodies = off;
CREATE OR REPLACE FUNCTION ${schema}.drop_audit_partitions_before(p_cutoff timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET "TimeZone" TO 'UTC'
 SET lock_timeout TO '500ms'
AS $function$
DECLARE
  partition regclass;
  dropped   integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('${schema}.audit_events', 0));
  FOR partition IN
    SELECT c.oid::regclass
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = '${schema}.audit_events'::regclass
      -- The upper bound; null for the default partition. An audit is kept a year whatever a caller asks for.
      AND substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''([^'']+)''\)')::timestamptz
          <= least(p_cutoff, now() - interval '365 days')
    ORDER BY c.relname
  LOOP
    EXECUTE format('DROP TABLE %s', partition);
    dropped := dropped + 1;
  END LOOP;
  DELETE FROM ${schema}.audit_events_default WHERE occurred_at < least(p_cutoff, now() - interval '365 days');
  RETURN dropped;
END $function$;

CREATE OR REPLACE FUNCTION ${schema}.ensure_audit_partitions(p_months_ahead integer)
 RETURNS integer
 LANGUAGE plpgsql
 STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET "TimeZone" TO 'UTC'
 SET lock_timeout TO '500ms'
AS $function$
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
  PERFORM pg_advisory_xact_lock(hashtextextended('${schema}.audit_events', 0));
  FOR ahead IN 0 .. p_months_ahead LOOP
    month_begins := date_trunc('month', now()) + make_interval(months => ahead);
    month_ends := month_begins + interval '1 month';
    partition := 'audit_events_' || to_char(month_begins, 'YYYY_MM');
    CONTINUE WHEN to_regclass('${schema}.' || partition) IS NOT NULL;
    -- Made beside and attached, which lets reads and writes of the other partitions go on.
    EXECUTE format(
      'CREATE TABLE ${schema}.%I (LIKE ${schema}.audit_events INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition);
    LOCK TABLE ${schema}.audit_events_default IN ACCESS EXCLUSIVE MODE;
    EXECUTE format(
      'WITH early AS (DELETE FROM ${schema}.audit_events_default
                      WHERE occurred_at >= $1 AND occurred_at < $2 RETURNING *)
       INSERT INTO ${schema}.%I SELECT * FROM early', partition)
      USING month_begins, month_ends;
    EXECUTE format(
      'ALTER TABLE ${schema}.audit_events ATTACH PARTITION ${schema}.%I FOR VALUES FROM (%L) TO (%L)',
      partition, month_begins, month_ends);
    -- Events are read and written through audit_events alone.
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${schema}_app') THEN
      EXECUTE format('REVOKE ALL ON TABLE ${schema}.%I FROM ${schema}_app', partition);
    END IF;
    made := made + 1;
  END LOOP;
  RETURN made;
END $function$;

CREATE OR REPLACE FUNCTION ${schema}.set_updated_at()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END $function$;

CREATE TABLE ${schema}.audit_events (
  action text NOT NULL,
  actor_id bigint,
  after jsonb,
  api_key_id bigint,
  before jsonb,
  client_address inet,
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  occurred_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
  resource_id text NOT NULL,
  resource_type text NOT NULL,
  trace_id text,
  user_agent text,
  CONSTRAINT audit_events_pkey PRIMARY KEY (id, occurred_at),
  CONSTRAINT audit_events_action_check CHECK (((char_length(action) >= 1) AND (char_length(action) <= 80))),
  CONSTRAINT audit_events_resource_id_check CHECK (((char_length(resource_id) >= 1) AND (char_length(resource_id) <= 100))),
  CONSTRAINT audit_events_resource_type_check CHECK (((char_length(resource_type) >= 1) AND (char_length(resource_type) <= 40))),
  CONSTRAINT audit_events_trace_id_check CHECK ((trace_id ~ '^[0-9a-f]{32}$'::text)),
  CONSTRAINT audit_events_user_agent_check CHECK ((char_length(user_agent) <= 200))
) PARTITION BY RANGE (occurred_at);

CREATE TABLE ${schema}.idempotency_keys (
  body bytea NOT NULL,
  caller_id bigint NOT NULL,
  content_type text,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  etag text,
  key_hash bytea NOT NULL,
  location text,
  request_hash bytea NOT NULL,
  route text NOT NULL,
  sealed boolean NOT NULL,
  status smallint NOT NULL,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (caller_id, route, key_hash),
  CONSTRAINT idempotency_keys_key_hash_check CHECK ((octet_length(key_hash) = 32)),
  CONSTRAINT idempotency_keys_request_hash_check CHECK ((octet_length(request_hash) = 32)),
  CONSTRAINT idempotency_keys_status_check CHECK (((status >= 200) AND (status <= 299)))
);

CREATE UNLOGGED TABLE ${schema}.rate_limits (
  bucket text NOT NULL,
  expires_at bigint,
  state bytea,
  CONSTRAINT rate_limits_pkey PRIMARY KEY (bucket)
) WITH (fillfactor=50);

CREATE TABLE ${schema}.audit_events_default PARTITION OF ${schema}.audit_events DEFAULT;
CREATE INDEX audit_events_actor_id_id_idx ON ${schema}.audit_events USING btree (actor_id, id);
CREATE INDEX audit_events_resource_idx ON ${schema}.audit_events USING btree (resource_type, resource_id, id);
CREATE INDEX idempotency_keys_created_at_idx ON ${schema}.idempotency_keys USING btree (created_at);
