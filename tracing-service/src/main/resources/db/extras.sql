-- What this schema has beyond what the entities' annotations say: check runs it after Hibernate's create and
-- compares with what the migrations make. Change it together with a migration; check --write-extras prints it anew.

SET LOCAL check_function_bodies = off;

CREATE OR REPLACE FUNCTION tracing.drop_audit_partitions_before(p_cutoff timestamp with time zone)
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
END $function$;

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

CREATE OR REPLACE FUNCTION tracing.ensure_audit_partitions(p_months_ahead integer)
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

CREATE OR REPLACE FUNCTION tracing.hand_over(p_target text, p_from bigint, p_to bigint)
 RETURNS bigint
 LANGUAGE plpgsql
 STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
  declared record;
  changed  bigint;
  total    bigint := 0;
BEGIN
  FOR declared IN
    SELECT r.table_name, r.column_name FROM tracing.declared_references r
    WHERE r.target = p_target AND r.on_delete = 'RESTRICT'
    ORDER BY r.table_name, r.column_name
  LOOP
    EXECUTE format(
      'UPDATE tracing.%1$I SET %2$I = $1, version = version + 1 WHERE %2$I = $2 AND deleted_at IS NULL',
      declared.table_name, declared.column_name)
      USING p_to, p_from;
    GET DIAGNOSTICS changed = ROW_COUNT;
    total := total + changed;
  END LOOP;
  RETURN total;
END $function$;

CREATE OR REPLACE FUNCTION tracing.references_to(p_target text, p_ids bigint[], p_purge boolean)
 RETURNS TABLE(reference text, target_id bigint, row_count bigint, first_ids bigint[])
 LANGUAGE plpgsql
 STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
  declared record;
  which    text;
BEGIN
  FOR declared IN
    SELECT r.table_name, r.column_name FROM tracing.declared_references r
    WHERE r.target = p_target AND (p_purge OR r.on_delete = 'RESTRICT')
    ORDER BY r.table_name, r.column_name
  LOOP
    which := format(
      'FROM tracing.%I c WHERE c.%I = t.id %s', declared.table_name, declared.column_name,
      CASE WHEN p_purge THEN '' ELSE 'AND c.deleted_at IS NULL' END);
    RETURN QUERY EXECUTE format(
      'SELECT %L, t.id, (SELECT count(*) %s), ARRAY(SELECT c.id %s ORDER BY c.id LIMIT 5)
       FROM unnest($1) AS t (id) WHERE EXISTS (SELECT %s)',
      declared.table_name || '.' || declared.column_name, which, which, which)
      USING p_ids;
  END LOOP;
END $function$;

CREATE OR REPLACE FUNCTION tracing.set_updated_at()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END $function$;

CREATE TABLE tracing.audit_events (
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

CREATE TABLE tracing.declared_references (
  column_name text NOT NULL,
  nullable boolean NOT NULL,
  on_delete text NOT NULL,
  on_orphan text NOT NULL,
  table_name text NOT NULL,
  target text NOT NULL,
  CONSTRAINT declared_references_pkey PRIMARY KEY (table_name, column_name),
  CONSTRAINT declared_references_on_delete_check CHECK ((on_delete = ANY (ARRAY['RESTRICT'::text, 'KEEP'::text]))),
  CONSTRAINT declared_references_on_orphan_check CHECK ((on_orphan = ANY (ARRAY['SOFT_DELETE'::text, 'SET_NULL'::text]))),
  CONSTRAINT declared_references_set_null CHECK ((nullable OR (on_orphan <> 'SET_NULL'::text)))
);

CREATE TABLE tracing.foreign_deletions (
  event_id bigint NOT NULL,
  kind text NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  received_at timestamp with time zone DEFAULT now() NOT NULL,
  target text NOT NULL,
  target_id bigint NOT NULL,
  CONSTRAINT foreign_deletions_pkey PRIMARY KEY (target, target_id),
  CONSTRAINT foreign_deletions_kind_check CHECK ((kind = ANY (ARRAY['DELETED'::text, 'RESTORED'::text, 'PURGED'::text])))
);

CREATE TABLE tracing.idempotency_keys (
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

CREATE TABLE tracing.orphan_audits (
  completed_at timestamp with time zone,
  looked_at timestamp with time zone NOT NULL,
  not_audited text,
  reference text NOT NULL,
  rows_seen bigint NOT NULL,
  CONSTRAINT orphan_audits_pkey PRIMARY KEY (reference)
);

CREATE TABLE tracing.orphan_findings (
  confirmed_at timestamp with time zone,
  first_seen_at timestamp with time zone DEFAULT now() NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  kind text NOT NULL,
  reference text NOT NULL,
  resolution text,
  resolved_at timestamp with time zone,
  row_id bigint,
  target_id text,
  CONSTRAINT orphan_findings_pkey PRIMARY KEY (id),
  CONSTRAINT orphan_findings_kind_check CHECK ((kind = ANY (ARRAY['dangling'::text, 'deleted_target'::text, 'type_changed'::text]))),
  CONSTRAINT orphan_findings_resolution_check CHECK ((resolution = ANY (ARRAY['gone'::text, 'soft_deleted'::text, 'set_null'::text]))),
  CONSTRAINT orphan_findings_resolved CHECK (((resolved_at IS NULL) = (resolution IS NULL))),
  CONSTRAINT orphan_findings_target_id_check CHECK ((char_length(target_id) <= 200))
);

CREATE TABLE tracing.reference_marks (
  id uuid NOT NULL,
  marked_at timestamp with time zone DEFAULT now() NOT NULL,
  state text NOT NULL,
  CONSTRAINT reference_marks_pkey PRIMARY KEY (id),
  CONSTRAINT reference_marks_state_check CHECK ((state = ANY (ARRAY['HELD'::text, 'ABANDONED'::text])))
);

CREATE TABLE tracing.audit_events_default PARTITION OF tracing.audit_events DEFAULT;
CREATE TABLE tracing.log_entries_default PARTITION OF tracing.log_entries DEFAULT;
ALTER TABLE tracing.trace_metadata ADD CONSTRAINT trace_metadata_trace_id_key UNIQUE (trace_id);
ALTER TABLE tracing.trace_metadata ADD CONSTRAINT trace_metadata_ends_after_start CHECK ((ended_at >= started_at));
ALTER TABLE tracing.trace_metadata ADD CONSTRAINT trace_metadata_name_check CHECK ((char_length(name) <= 200));
ALTER TABLE tracing.trace_metadata ADD CONSTRAINT trace_metadata_trace_id_check CHECK (((trace_id ~ '^[0-9a-f]{32}$'::text) AND (trace_id <> repeat('0'::text, 32))));
ALTER TABLE tracing.log_entries ADD CONSTRAINT log_entries_trace_id_fkey FOREIGN KEY (trace_id) REFERENCES tracing.trace_metadata(trace_id);
CREATE INDEX audit_events_actor_id_id_idx ON tracing.audit_events USING btree (actor_id, id);
CREATE INDEX audit_events_resource_idx ON tracing.audit_events USING btree (resource_type, resource_id, id);
CREATE INDEX foreign_deletions_received_at_idx ON tracing.foreign_deletions USING btree (received_at);
CREATE INDEX idempotency_keys_created_at_idx ON tracing.idempotency_keys USING btree (created_at);
CREATE INDEX log_entries_errors_idx ON tracing.log_entries USING btree (occurred_at, id) WHERE (level = ANY (ARRAY['ERROR'::text, 'FATAL'::text]));
CREATE INDEX log_entries_service_name_occurred_at_id_idx ON tracing.log_entries USING btree (service_name, occurred_at, id);
CREATE INDEX log_entries_trace_id_occurred_at_id_idx ON tracing.log_entries USING btree (trace_id, occurred_at, id);
CREATE INDEX log_entries_default_occurred_at_idx ON tracing.log_entries_default USING btree (occurred_at);
CREATE UNIQUE INDEX orphan_findings_column_open_key ON tracing.orphan_findings USING btree (reference) WHERE ((resolved_at IS NULL) AND (row_id IS NULL));
CREATE INDEX orphan_findings_resolved_at_idx ON tracing.orphan_findings USING btree (resolved_at) WHERE (resolved_at IS NOT NULL);
CREATE UNIQUE INDEX orphan_findings_row_open_key ON tracing.orphan_findings USING btree (reference, row_id) WHERE ((resolved_at IS NULL) AND (row_id IS NOT NULL));
CREATE INDEX reference_marks_marked_at_idx ON tracing.reference_marks USING btree (marked_at);
CREATE INDEX trace_metadata_agent_id_id_idx ON tracing.trace_metadata USING btree (agent_id, id) WHERE (agent_id IS NOT NULL);
CREATE INDEX trace_metadata_deleted_id_idx ON tracing.trace_metadata USING btree (id) WHERE (deleted_at IS NOT NULL);
CREATE INDEX trace_metadata_session_id_id_idx ON tracing.trace_metadata USING btree (session_id, id) WHERE (session_id IS NOT NULL);
CREATE INDEX trace_metadata_user_id_id_idx ON tracing.trace_metadata USING btree (user_id, id);
CREATE OR REPLACE TRIGGER trace_metadata_set_updated_at BEFORE UPDATE ON tracing.trace_metadata FOR EACH ROW EXECUTE FUNCTION tracing.set_updated_at();
