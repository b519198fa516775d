-- What this schema has beyond what the entities' annotations say: check runs it after Hibernate's create and
-- compares with what the migrations make. Change it together with a migration; check --write-extras prints it anew.

SET LOCAL check_function_bodies = off;

CREATE OR REPLACE FUNCTION admin.drop_audit_partitions_before(p_cutoff timestamp with time zone)
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
  PERFORM pg_advisory_xact_lock(hashtextextended('admin.audit_events', 0));
  FOR partition IN
    SELECT c.oid::regclass
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'admin.audit_events'::regclass
      -- The upper bound; null for the default partition. An audit is kept a year whatever a caller asks for.
      AND substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''([^'']+)''\)')::timestamptz
          <= least(p_cutoff, now() - interval '365 days')
    ORDER BY c.relname
  LOOP
    EXECUTE format('DROP TABLE %s', partition);
    dropped := dropped + 1;
  END LOOP;
  DELETE FROM admin.audit_events_default WHERE occurred_at < least(p_cutoff, now() - interval '365 days');
  RETURN dropped;
END $function$;

CREATE OR REPLACE FUNCTION admin.ensure_audit_partitions(p_months_ahead integer)
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
  PERFORM pg_advisory_xact_lock(hashtextextended('admin.audit_events', 0));
  FOR ahead IN 0 .. p_months_ahead LOOP
    month_begins := date_trunc('month', now()) + make_interval(months => ahead);
    month_ends := month_begins + interval '1 month';
    partition := 'audit_events_' || to_char(month_begins, 'YYYY_MM');
    CONTINUE WHEN to_regclass('admin.' || partition) IS NOT NULL;
    -- Made beside and attached, which lets reads and writes of the other partitions go on.
    EXECUTE format(
      'CREATE TABLE admin.%I (LIKE admin.audit_events INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition);
    LOCK TABLE admin.audit_events_default IN ACCESS EXCLUSIVE MODE;
    EXECUTE format(
      'WITH early AS (DELETE FROM admin.audit_events_default
                      WHERE occurred_at >= $1 AND occurred_at < $2 RETURNING *)
       INSERT INTO admin.%I SELECT * FROM early', partition)
      USING month_begins, month_ends;
    EXECUTE format(
      'ALTER TABLE admin.audit_events ATTACH PARTITION admin.%I FOR VALUES FROM (%L) TO (%L)',
      partition, month_begins, month_ends);
    -- Events are read and written through audit_events alone.
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'admin_app') THEN
      EXECUTE format('REVOKE ALL ON TABLE admin.%I FROM admin_app', partition);
    END IF;
    made := made + 1;
  END LOOP;
  RETURN made;
END $function$;

CREATE OR REPLACE FUNCTION admin.set_updated_at()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END $function$;

CREATE TABLE admin.audit_events (
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

CREATE TABLE admin.idempotency_keys (
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

CREATE TABLE admin.usage_stats (
  agent_id bigint,
  cost numeric(20,10) NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  day date NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  input_tokens bigint NOT NULL,
  model text COLLATE pg_catalog."C" NOT NULL,
  output_tokens bigint NOT NULL,
  request_count bigint NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  user_id bigint NOT NULL,
  CONSTRAINT usage_stats_pkey PRIMARY KEY (id),
  CONSTRAINT usage_stats_day_user_id_agent_id_model_key UNIQUE NULLS NOT DISTINCT (day, user_id, agent_id, model),
  CONSTRAINT usage_stats_cost_check CHECK ((cost >= (0)::numeric)),
  CONSTRAINT usage_stats_input_tokens_check CHECK ((input_tokens >= 0)),
  CONSTRAINT usage_stats_model_check CHECK (((char_length(model) >= 1) AND (char_length(model) <= 100))),
  CONSTRAINT usage_stats_output_tokens_check CHECK ((output_tokens >= 0)),
  CONSTRAINT usage_stats_request_count_check CHECK ((request_count >= 0))
) WITH (fillfactor=70);

CREATE TABLE admin.audit_events_default PARTITION OF admin.audit_events DEFAULT;
ALTER TABLE admin.llm_models ADD CONSTRAINT llm_models_context_window_check CHECK ((context_window > 0));
ALTER TABLE admin.llm_models ADD CONSTRAINT llm_models_endpoint_url_check CHECK (((char_length(endpoint_url) <= 2000) AND (endpoint_url ~* '^https?://'::text)));
ALTER TABLE admin.llm_models ADD CONSTRAINT llm_models_input_price_per_million_tokens_check CHECK ((input_price_per_million_tokens >= (0)::numeric));
ALTER TABLE admin.llm_models ADD CONSTRAINT llm_models_name_check CHECK ((name ~ '^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$'::text));
ALTER TABLE admin.llm_models ADD CONSTRAINT llm_models_output_price_per_million_tokens_check CHECK ((output_price_per_million_tokens >= (0)::numeric));
CREATE INDEX audit_events_actor_id_id_idx ON admin.audit_events USING btree (actor_id, id);
CREATE INDEX audit_events_resource_idx ON admin.audit_events USING btree (resource_type, resource_id, id);
CREATE INDEX idempotency_keys_created_at_idx ON admin.idempotency_keys USING btree (created_at);
CREATE INDEX llm_models_name_deleted_at_idx ON admin.llm_models USING btree (name, deleted_at);
CREATE UNIQUE INDEX llm_models_name_live_key ON admin.llm_models USING btree (name) WHERE (deleted_at IS NULL);
CREATE INDEX usage_stats_agent_id_day_id_idx ON admin.usage_stats USING btree (agent_id, day, id) WHERE (agent_id IS NOT NULL);
CREATE INDEX usage_stats_day_id_idx ON admin.usage_stats USING btree (day, id);
CREATE INDEX usage_stats_model_day_id_idx ON admin.usage_stats USING btree (model, day, id);
CREATE INDEX usage_stats_user_id_day_id_idx ON admin.usage_stats USING btree (user_id, day, id);
CREATE OR REPLACE TRIGGER llm_models_set_updated_at BEFORE UPDATE ON admin.llm_models FOR EACH ROW EXECUTE FUNCTION admin.set_updated_at();
CREATE OR REPLACE TRIGGER usage_stats_set_updated_at BEFORE UPDATE ON admin.usage_stats FOR EACH ROW EXECUTE FUNCTION admin.set_updated_at();
