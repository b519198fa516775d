-- What this schema has beyond what the entities' annotations say and the platform's own files (db/platform) make: check
-- builds it from all three and compares with what the migrations make. Change it together with a migration;
-- check --write-extras prints it anew, without these lines.

CREATE OR REPLACE FUNCTION tracing.drop_log_partitions_before(p_cutoff timestamp with time zone)
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
  PERFORM pg_advisory_xact_lock(hashtextextended('tracing.log_entries', 0));
  FOR partition IN
    SELECT c.oid::regclass
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'tracing.log_entries'::regclass
      -- The upper bound; null for the default partition.
      AND substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''([^'']+)''\)')::timestamptz
          <= least(p_cutoff, date_trunc('month', now()))
    ORDER BY c.relname
  LOOP
    EXECUTE format('DROP TABLE %s', partition);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $function$;

CREATE OR REPLACE FUNCTION tracing.ensure_log_partitions(p_months_ahead integer)
 RETURNS integer
 LANGUAGE plpgsql
 STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET "TimeZone" TO 'UTC'
 SET lock_timeout TO '500ms'
AS $function$
DECLARE
  first_month  timestamptz := date_trunc('month', now());
  month_begins timestamptz;
  month_ends   timestamptz;
  partition    text;
  made         integer := 0;
BEGIN
  IF p_months_ahead NOT BETWEEN 1 AND 24 THEN
    RAISE EXCEPTION 'months ahead must be 1 to 24, not %', p_months_ahead
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('tracing.log_entries', 0));
  FOR ahead IN 0 .. p_months_ahead LOOP
    month_begins := first_month + make_interval(months => ahead);
    month_ends := month_begins + interval '1 month';
    partition := 'log_entries_' || to_char(month_begins, 'YYYY_MM');
    CONTINUE WHEN to_regclass('tracing.' || partition) IS NOT NULL;
    -- Made beside and attached, which lets reads and writes of the other partitions go on.
    EXECUTE format(
      'CREATE TABLE tracing.%I (LIKE tracing.log_entries INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition);
    LOCK TABLE tracing.log_entries_default IN ACCESS EXCLUSIVE MODE;
    EXECUTE format(
      'WITH early AS (DELETE FROM tracing.log_entries_default
                      WHERE occurred_at >= $1 AND occurred_at < $2 RETURNING *)
       INSERT INTO tracing.%I SELECT * FROM early', partition)
      USING month_begins, month_ends;
    EXECUTE format(
      'ALTER TABLE tracing.log_entries ATTACH PARTITION tracing.%I FOR VALUES FROM (%L) TO (%L)',
      partition, month_begins, month_ends);
    -- Entries are read and written through log_entries alone.
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracing_app') THEN
      EXECUTE format('REVOKE ALL ON TABLE tracing.%I FROM tracing_app', partition);
    END IF;
    made := made + 1;
  END LOOP;
  RETURN made;
END $function$;

CREATE TABLE tracing.log_entries (
  attributes jsonb DEFAULT '{}'::jsonb NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  duration_ms double precision,
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  level text NOT NULL,
  log_type text NOT NULL,
  message text NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  parent_span_id text,
  service_name text NOT NULL,
  span_id text,
  trace_id text NOT NULL,
  CONSTRAINT log_entries_pkey PRIMARY KEY (id, occurred_at),
  CONSTRAINT log_entries_attributes_check CHECK (((jsonb_typeof(attributes) = 'object'::text) AND (octet_length((attributes)::text) <= 131072))),
  CONSTRAINT log_entries_duration_ms_check CHECK (((duration_ms >= (0)::double precision) AND (duration_ms <= ('1000000000000'::numeric)::double precision))),
  CONSTRAINT log_entries_level_check CHECK ((level = ANY (ARRAY['TRACE'::text, 'DEBUG'::text, 'INFO'::text, 'WARN'::text, 'ERROR'::text, 'FATAL'::text]))),
  CONSTRAINT log_entries_log_type_check CHECK ((log_type = ANY (ARRAY['MESSAGE'::text, 'LLM'::text, 'TOOL_CALL'::text, 'TOOL_RESPONSE'::text, 'AGENT_TRANSFER'::text, 'SPAN'::text]))),
  CONSTRAINT log_entries_message_check CHECK ((char_length(message) <= 100000)),
  CONSTRAINT log_entries_parent_span_id_check CHECK ((parent_span_id ~ '^[0-9a-f]{16}$'::text)),
  CONSTRAINT log_entries_service_name_check CHECK (((char_length(service_name) >= 1) AND (char_length(service_name) <= 100))),
  CONSTRAINT log_entries_span_id_check CHECK ((span_id ~ '^[0-9a-f]{16}$'::text))
) PARTITION BY RANGE (occurred_at);

CREATE TABLE tracing.log_entries_default PARTITION OF tracing.log_entries DEFAULT;
ALTER TABLE tracing.trace_metadata ADD CONSTRAINT trace_metadata_trace_id_key UNIQUE (trace_id);
ALTER TABLE tracing.trace_metadata ADD CONSTRAINT trace_metadata_ends_after_start CHECK ((ended_at >= started_at));
ALTER TABLE tracing.trace_metadata ADD CONSTRAINT trace_metadata_name_check CHECK ((char_length(name) <= 200));
ALTER TABLE tracing.trace_metadata ADD CONSTRAINT trace_metadata_trace_id_check CHECK (((trace_id ~ '^[0-9a-f]{32}$'::text) AND (trace_id <> repeat('0'::text, 32))));
ALTER TABLE tracing.log_entries ADD CONSTRAINT log_entries_trace_id_fkey FOREIGN KEY (trace_id) REFERENCES tracing.trace_metadata(trace_id);
CREATE INDEX log_entries_errors_idx ON tracing.log_entries USING btree (occurred_at, id) WHERE (level = ANY (ARRAY['ERROR'::text, 'FATAL'::text]));
CREATE INDEX log_entries_service_name_occurred_at_id_idx ON tracing.log_entries USING btree (service_name, occurred_at, id);
CREATE INDEX log_entries_trace_id_occurred_at_id_idx ON tracing.log_entries USING btree (trace_id, occurred_at, id);
CREATE INDEX log_entries_default_occurred_at_idx ON tracing.log_entries_default USING btree (occurred_at);
CREATE INDEX trace_metadata_agent_id_id_idx ON tracing.trace_metadata USING btree (agent_id, id) WHERE (agent_id IS NOT NULL);
CREATE INDEX trace_metadata_deleted_id_idx ON tracing.trace_metadata USING btree (id) WHERE (deleted_at IS NOT NULL);
CREATE INDEX trace_metadata_session_id_id_idx ON tracing.trace_metadata USING btree (session_id, id) WHERE (session_id IS NOT NULL);
CREATE INDEX trace_metadata_user_id_id_idx ON tracing.trace_metadata USING btree (user_id, id);
CREATE OR REPLACE TRIGGER trace_metadata_set_updated_at BEFORE UPDATE ON tracing.trace_metadata FOR EACH ROW EXECUTE FUNCTION tracing.set_updated_at();
