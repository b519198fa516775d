-- What this schema has beyond what the entities' annotations say: check runs it after Hibernate's create and
-- compares with what the migrations make. Change it together with a migration; check --write-extras prints it anew.

SET LOCAL check_function_bodies = off;
CREATE SEQUENCE agents.reference_event_positions AS bigint START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1;

CREATE OR REPLACE FUNCTION agents.agent_names(p_ids bigint[])
 RETURNS TABLE(id bigint, name text)
 LANGUAGE sql
 STABLE STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT a.id, a.name FROM agents.agents a WHERE a.id = ANY (p_ids)
$function$;

CREATE OR REPLACE FUNCTION agents.agent_states(p_ids bigint[])
 RETURNS TABLE(id bigint, live boolean)
 LANGUAGE sql
 STABLE STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT x.id, x.deleted_at IS NULL FROM agents.agents x WHERE x.id = ANY (p_ids)
$function$;

CREATE OR REPLACE FUNCTION agents.drop_audit_partitions_before(p_cutoff timestamp with time zone)
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
  PERFORM pg_advisory_xact_lock(hashtextextended('agents.audit_events', 0));
  FOR partition IN
    SELECT c.oid::regclass
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'agents.audit_events'::regclass
      -- The upper bound; null for the default partition. An audit is kept a year whatever a caller asks for.
      AND substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''([^'']+)''\)')::timestamptz
          <= least(p_cutoff, now() - interval '365 days')
    ORDER BY c.relname
  LOOP
    EXECUTE format('DROP TABLE %s', partition);
    dropped := dropped + 1;
  END LOOP;
  DELETE FROM agents.audit_events_default WHERE occurred_at < least(p_cutoff, now() - interval '365 days');
  RETURN dropped;
END $function$;

CREATE OR REPLACE FUNCTION agents.embedding_dimension()
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$SELECT 384$function$;

CREATE OR REPLACE FUNCTION agents.ensure_audit_partitions(p_months_ahead integer)
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
  PERFORM pg_advisory_xact_lock(hashtextextended('agents.audit_events', 0));
  FOR ahead IN 0 .. p_months_ahead LOOP
    month_begins := date_trunc('month', now()) + make_interval(months => ahead);
    month_ends := month_begins + interval '1 month';
    partition := 'audit_events_' || to_char(month_begins, 'YYYY_MM');
    CONTINUE WHEN to_regclass('agents.' || partition) IS NOT NULL;
    -- Made beside and attached, which lets reads and writes of the other partitions go on.
    EXECUTE format(
      'CREATE TABLE agents.%I (LIKE agents.audit_events INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition);
    LOCK TABLE agents.audit_events_default IN ACCESS EXCLUSIVE MODE;
    EXECUTE format(
      'WITH early AS (DELETE FROM agents.audit_events_default
                      WHERE occurred_at >= $1 AND occurred_at < $2 RETURNING *)
       INSERT INTO agents.%I SELECT * FROM early', partition)
      USING month_begins, month_ends;
    EXECUTE format(
      'ALTER TABLE agents.audit_events ATTACH PARTITION agents.%I FOR VALUES FROM (%L) TO (%L)',
      partition, month_begins, month_ends);
    -- Events are read and written through audit_events alone.
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'agents_app') THEN
      EXECUTE format('REVOKE ALL ON TABLE agents.%I FROM agents_app', partition);
    END IF;
    made := made + 1;
  END LOOP;
  RETURN made;
END $function$;

CREATE OR REPLACE FUNCTION agents.hand_over(p_target text, p_from bigint, p_to bigint)
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
    SELECT r.table_name, r.column_name FROM agents.declared_references r
    WHERE r.target = p_target AND r.on_delete = 'RESTRICT'
    ORDER BY r.table_name, r.column_name
  LOOP
    EXECUTE format(
      'UPDATE agents.%1$I SET %2$I = $1, version = version + 1 WHERE %2$I = $2 AND deleted_at IS NULL',
      declared.table_name, declared.column_name)
      USING p_to, p_from;
    GET DIAGNOSTICS changed = ROW_COUNT;
    total := total + changed;
  END LOOP;
  RETURN total;
END $function$;

CREATE OR REPLACE FUNCTION agents.norm(p_vector real[])
 RETURNS double precision
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT sqrt(sum(x::double precision * x)) FROM unnest(p_vector) AS x
$function$;

CREATE OR REPLACE FUNCTION agents.pin_agent(p_id bigint, p_user_id bigint, p_dept_code text, p_admin boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  PERFORM 1 FROM agents.agents
  WHERE id = p_id AND deleted_at IS NULL
    AND (p_admin OR owner_id = p_user_id
         OR (status = 'DEPLOYED'
             AND (visibility = 'PUBLIC' OR (visibility = 'TEAM' AND owner_dept_code = p_dept_code))))
  FOR KEY SHARE;
  RETURN FOUND;
END $function$;

CREATE OR REPLACE FUNCTION agents.pin_agents(p_ids bigint[], p_user_id bigint, p_dept_code text, p_admin boolean)
 RETURNS SETOF bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
  live bigint[];
BEGIN
  -- An aggregate, because it reads, and so locks, all of them.
  SELECT array_agg(pinned.id) INTO live FROM (
    SELECT a.id FROM agents.agents a
    WHERE a.id = ANY (p_ids) AND a.deleted_at IS NULL
      AND (p_admin OR a.owner_id = p_user_id
           OR (a.status = 'DEPLOYED'
               AND (a.visibility = 'PUBLIC' OR (a.visibility = 'TEAM' AND a.owner_dept_code = p_dept_code))))
    ORDER BY a.id FOR KEY SHARE
  ) AS pinned;
  RETURN QUERY SELECT unnest(p_ids) EXCEPT SELECT unnest(live) ORDER BY 1;
END $function$;

CREATE OR REPLACE FUNCTION agents.record_reference_event()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
  happened text := 'PURGED';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    happened := CASE WHEN NEW.deleted_at IS NULL THEN 'RESTORED' ELSE 'DELETED' END;
  END IF;
  INSERT INTO agents.reference_events (target, target_id, kind)
  VALUES (TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, OLD.id, happened);
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION agents.references_to(p_target text, p_ids bigint[], p_purge boolean)
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
    SELECT r.table_name, r.column_name FROM agents.declared_references r
    WHERE r.target = p_target AND (p_purge OR r.on_delete = 'RESTRICT')
    ORDER BY r.table_name, r.column_name
  LOOP
    which := format(
      'FROM agents.%I c WHERE c.%I = t.id %s', declared.table_name, declared.column_name,
      CASE WHEN p_purge THEN '' ELSE 'AND c.deleted_at IS NULL' END);
    RETURN QUERY EXECUTE format(
      'SELECT %L, t.id, (SELECT count(*) %s), ARRAY(SELECT c.id %s ORDER BY c.id LIMIT 5)
       FROM unnest($1) AS t (id) WHERE EXISTS (SELECT %s)',
      declared.table_name || '.' || declared.column_name, which, which, which)
      USING p_ids;
  END LOOP;
END $function$;

CREATE OR REPLACE FUNCTION agents.set_updated_at()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END $function$;

CREATE TABLE agents.agent_embeddings (
  agent_id bigint NOT NULL,
  chunk_hash bytea NOT NULL,
  content text NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  embedding real[] NOT NULL,
  embedding_norm double precision GENERATED ALWAYS AS (agents.norm(embedding)) STORED NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
  CONSTRAINT agent_embeddings_pkey PRIMARY KEY (id),
  CONSTRAINT agent_embeddings_agent_id_chunk_hash_key UNIQUE (agent_id, chunk_hash),
  CONSTRAINT agent_embeddings_chunk_hash_check CHECK ((octet_length(chunk_hash) = 32)),
  CONSTRAINT agent_embeddings_content_check CHECK (((char_length(content) >= 1) AND (char_length(content) <= 20000))),
  CONSTRAINT agent_embeddings_dimension_check CHECK ((array_length(embedding, 1) = 384)),
  CONSTRAINT agent_embeddings_embedding_check CHECK (((array_ndims(embedding) = 1) AND (array_position(embedding, NULL::real) IS NULL))),
  CONSTRAINT agent_embeddings_embedding_norm_check CHECK (((embedding_norm >= (0.000000000000001)::double precision) AND (embedding_norm <= ('1000000000000000'::numeric)::double precision))),
  CONSTRAINT agent_embeddings_metadata_check CHECK ((jsonb_typeof(metadata) = 'object'::text))
);

CREATE TABLE agents.agent_status_changes (
  agent_id bigint NOT NULL,
  changed_at timestamp with time zone DEFAULT now() NOT NULL,
  changed_by bigint NOT NULL,
  from_status text NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  reason text,
  to_status text NOT NULL,
  CONSTRAINT agent_status_changes_pkey PRIMARY KEY (id),
  CONSTRAINT agent_status_changes_from_status_check CHECK ((from_status = ANY (ARRAY['DEVELOPMENT'::text, 'DEPLOYED'::text, 'DISABLED'::text, 'ARCHIVED'::text]))),
  CONSTRAINT agent_status_changes_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500))),
  CONSTRAINT agent_status_changes_to_status_check CHECK ((to_status = ANY (ARRAY['DEVELOPMENT'::text, 'DEPLOYED'::text, 'DISABLED'::text, 'ARCHIVED'::text])))
);

CREATE TABLE agents.audit_events (
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

CREATE TABLE agents.declared_references (
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

CREATE TABLE agents.foreign_deletions (
  event_id bigint NOT NULL,
  kind text NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  received_at timestamp with time zone DEFAULT now() NOT NULL,
  target text NOT NULL,
  target_id bigint NOT NULL,
  CONSTRAINT foreign_deletions_pkey PRIMARY KEY (target, target_id),
  CONSTRAINT foreign_deletions_kind_check CHECK ((kind = ANY (ARRAY['DELETED'::text, 'RESTORED'::text, 'PURGED'::text])))
);

CREATE TABLE agents.idempotency_keys (
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

CREATE TABLE agents.orphan_audits (
  completed_at timestamp with time zone,
  looked_at timestamp with time zone NOT NULL,
  not_audited text,
  reference text NOT NULL,
  rows_seen bigint NOT NULL,
  CONSTRAINT orphan_audits_pkey PRIMARY KEY (reference)
);

CREATE TABLE agents.orphan_findings (
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

CREATE TABLE agents.reference_events (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  kind text NOT NULL,
  occurred_at timestamp with time zone DEFAULT now() NOT NULL,
  position bigint,
  target text NOT NULL,
  target_id bigint NOT NULL,
  CONSTRAINT reference_events_pkey PRIMARY KEY (id),
  CONSTRAINT reference_events_kind_check CHECK ((kind = ANY (ARRAY['DELETED'::text, 'RESTORED'::text, 'PURGED'::text])))
);

CREATE TABLE agents.reference_marks (
  id uuid NOT NULL,
  marked_at timestamp with time zone DEFAULT now() NOT NULL,
  state text NOT NULL,
  CONSTRAINT reference_marks_pkey PRIMARY KEY (id),
  CONSTRAINT reference_marks_state_check CHECK ((state = ANY (ARRAY['HELD'::text, 'ABANDONED'::text])))
);

CREATE TABLE agents.reference_reservations (
  holder text NOT NULL,
  id uuid NOT NULL,
  reserved_at timestamp with time zone DEFAULT now() NOT NULL,
  target text NOT NULL,
  target_id bigint NOT NULL,
  CONSTRAINT reference_reservations_pkey PRIMARY KEY (id, target, target_id)
);

CREATE TABLE agents.reference_subscriptions (
  failures integer DEFAULT 0 NOT NULL,
  next_attempt_at timestamp with time zone DEFAULT now() NOT NULL,
  position bigint DEFAULT 0 NOT NULL,
  subscriber text NOT NULL,
  CONSTRAINT reference_subscriptions_pkey PRIMARY KEY (subscriber)
);

CREATE TABLE agents.audit_events_default PARTITION OF agents.audit_events DEFAULT;
ALTER TABLE agents.agent_embeddings ALTER COLUMN embedding SET STORAGE EXTERNAL;
ALTER TABLE agents.agent_capabilities ADD CONSTRAINT agent_capabilities_description_check CHECK ((char_length(description) <= 500));
ALTER TABLE agents.agent_capabilities ADD CONSTRAINT agent_capabilities_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100)));

ALTER TABLE agents.agent_capabilities DROP CONSTRAINT agent_capabilities_position_check;
ALTER TABLE agents.agent_capabilities ADD CONSTRAINT agent_capabilities_position_check CHECK ((("position" >= 0) AND ("position" <= 49)));

ALTER TABLE agents.agent_capabilities ADD CONSTRAINT agent_capabilities_tags_check CHECK (((cardinality(tags) <= 20) AND (array_position(tags, NULL::text) IS NULL)));
ALTER TABLE agents.agents ADD CONSTRAINT agents_description_check CHECK ((char_length(description) <= 2000));
ALTER TABLE agents.agents ADD CONSTRAINT agents_endpoint_url_check CHECK ((char_length(endpoint_url) <= 2000));
ALTER TABLE agents.agents ADD CONSTRAINT agents_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100)));
ALTER TABLE agents.agents ADD CONSTRAINT agents_owner_dept_code_check CHECK ((char_length(owner_dept_code) <= 50));
ALTER TABLE agents.agent_embeddings ADD CONSTRAINT agent_embeddings_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents.agents(id) ON DELETE CASCADE;
ALTER TABLE agents.agent_status_changes ADD CONSTRAINT agent_status_changes_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents.agents(id) ON DELETE CASCADE;
CREATE UNIQUE INDEX agent_capabilities_agent_id_name_key ON agents.agent_capabilities USING btree (agent_id, lower(name));
CREATE INDEX agent_embeddings_agent_id_id_idx ON agents.agent_embeddings USING btree (agent_id, id);
CREATE INDEX agent_embeddings_metadata_idx ON agents.agent_embeddings USING gin (metadata jsonb_path_ops);
CREATE INDEX agent_status_changes_agent_id_id_idx ON agents.agent_status_changes USING btree (agent_id, id);
CREATE INDEX agents_deleted_id_idx ON agents.agents USING btree (id) WHERE (deleted_at IS NOT NULL);
CREATE UNIQUE INDEX agents_id_deleted_at_key ON agents.agents USING btree (id, deleted_at);
CREATE INDEX agents_owner_id_id_idx ON agents.agents USING btree (owner_id, id);
CREATE UNIQUE INDEX agents_owner_id_name_live_key ON agents.agents USING btree (owner_id, lower(name)) WHERE (deleted_at IS NULL);
CREATE INDEX agents_public_id_idx ON agents.agents USING btree (id) WHERE ((status = 'DEPLOYED'::text) AND (visibility = 'PUBLIC'::text) AND (deleted_at IS NULL));
CREATE INDEX agents_status_id_idx ON agents.agents USING btree (status, id);
CREATE INDEX agents_team_id_idx ON agents.agents USING btree (owner_dept_code, id) WHERE ((status = 'DEPLOYED'::text) AND (visibility = 'TEAM'::text) AND (deleted_at IS NULL));
CREATE INDEX audit_events_actor_id_id_idx ON agents.audit_events USING btree (actor_id, id);
CREATE INDEX audit_events_resource_idx ON agents.audit_events USING btree (resource_type, resource_id, id);
CREATE INDEX foreign_deletions_received_at_idx ON agents.foreign_deletions USING btree (received_at);
CREATE INDEX idempotency_keys_created_at_idx ON agents.idempotency_keys USING btree (created_at);
CREATE UNIQUE INDEX orphan_findings_column_open_key ON agents.orphan_findings USING btree (reference) WHERE ((resolved_at IS NULL) AND (row_id IS NULL));
CREATE INDEX orphan_findings_resolved_at_idx ON agents.orphan_findings USING btree (resolved_at) WHERE (resolved_at IS NOT NULL);
CREATE UNIQUE INDEX orphan_findings_row_open_key ON agents.orphan_findings USING btree (reference, row_id) WHERE ((resolved_at IS NULL) AND (row_id IS NOT NULL));
CREATE INDEX reference_events_occurred_at_idx ON agents.reference_events USING btree (occurred_at);
CREATE UNIQUE INDEX reference_events_position_key ON agents.reference_events USING btree ("position");
CREATE INDEX reference_events_unplaced_id_idx ON agents.reference_events USING btree (id) WHERE ("position" IS NULL);
CREATE INDEX reference_marks_marked_at_idx ON agents.reference_marks USING btree (marked_at);
CREATE INDEX reference_reservations_holder_reserved_at_idx ON agents.reference_reservations USING btree (holder, reserved_at);
CREATE INDEX reference_reservations_target_target_id_idx ON agents.reference_reservations USING btree (target, target_id);
CREATE OR REPLACE TRIGGER agents_record_deletion AFTER UPDATE ON agents.agents FOR EACH ROW WHEN ((old.deleted_at IS DISTINCT FROM new.deleted_at)) EXECUTE FUNCTION agents.record_reference_event();
CREATE OR REPLACE TRIGGER agents_record_removal AFTER DELETE ON agents.agents FOR EACH ROW EXECUTE FUNCTION agents.record_reference_event();
CREATE OR REPLACE TRIGGER agents_set_updated_at BEFORE UPDATE ON agents.agents FOR EACH ROW EXECUTE FUNCTION agents.set_updated_at();
