-- What this schema has beyond what the entities' annotations say: check runs it after Hibernate's create and
-- compares with what the migrations make. Change it together with a migration; check --write-extras prints it anew.

SET LOCAL check_function_bodies = off;
CREATE SEQUENCE users.reference_event_positions AS bigint START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1;

CREATE OR REPLACE FUNCTION users.caller_of_key(p_key_hash bytea)
 RETURNS TABLE(user_id bigint, role text, dept_code text, api_key_id bigint, scopes text[])
 LANGUAGE plpgsql
 STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  RETURN QUERY
    SELECT u.id, u.role, u.dept_code, k.id, k.scopes
    FROM users.api_keys k JOIN users.users u ON u.id = k.user_id
    WHERE k.key_hash = p_key_hash AND k.revoked_at IS NULL
      AND (k.expires_at IS NULL OR k.expires_at > now()) AND u.deleted_at IS NULL AND u.disabled_at IS NULL;
  IF FOUND THEN
    -- At most once a minute, and never waiting: a busy key must not become a queue.
    UPDATE users.api_keys k SET last_used_at = now()
    WHERE k.id = (SELECT c.id FROM users.api_keys c
                  WHERE c.key_hash = p_key_hash
                    AND (c.last_used_at IS NULL OR c.last_used_at < now() - interval '1 minute')
                  FOR NO KEY UPDATE SKIP LOCKED);
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION users.drop_audit_partitions_before(p_cutoff timestamp with time zone)
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
  PERFORM pg_advisory_xact_lock(hashtextextended('users.audit_events', 0));
  FOR partition IN
    SELECT c.oid::regclass
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'users.audit_events'::regclass
      -- The upper bound; null for the default partition. An audit is kept a year whatever a caller asks for.
      AND substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''([^'']+)''\)')::timestamptz
          <= least(p_cutoff, now() - interval '365 days')
    ORDER BY c.relname
  LOOP
    EXECUTE format('DROP TABLE %s', partition);
    dropped := dropped + 1;
  END LOOP;
  DELETE FROM users.audit_events_default WHERE occurred_at < least(p_cutoff, now() - interval '365 days');
  RETURN dropped;
END $function$;

CREATE OR REPLACE FUNCTION users.ensure_audit_partitions(p_months_ahead integer)
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
  PERFORM pg_advisory_xact_lock(hashtextextended('users.audit_events', 0));
  FOR ahead IN 0 .. p_months_ahead LOOP
    month_begins := date_trunc('month', now()) + make_interval(months => ahead);
    month_ends := month_begins + interval '1 month';
    partition := 'audit_events_' || to_char(month_begins, 'YYYY_MM');
    CONTINUE WHEN to_regclass('users.' || partition) IS NOT NULL;
    -- Made beside and attached, which lets reads and writes of the other partitions go on.
    EXECUTE format(
      'CREATE TABLE users.%I (LIKE users.audit_events INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition);
    LOCK TABLE users.audit_events_default IN ACCESS EXCLUSIVE MODE;
    EXECUTE format(
      'WITH early AS (DELETE FROM users.audit_events_default
                      WHERE occurred_at >= $1 AND occurred_at < $2 RETURNING *)
       INSERT INTO users.%I SELECT * FROM early', partition)
      USING month_begins, month_ends;
    EXECUTE format(
      'ALTER TABLE users.audit_events ATTACH PARTITION users.%I FOR VALUES FROM (%L) TO (%L)',
      partition, month_begins, month_ends);
    -- Events are read and written through audit_events alone.
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'users_app') THEN
      EXECUTE format('REVOKE ALL ON TABLE users.%I FROM users_app', partition);
    END IF;
    made := made + 1;
  END LOOP;
  RETURN made;
END $function$;

CREATE OR REPLACE FUNCTION users.find_api_key(p_key_hash bytea)
 RETURNS TABLE(user_id bigint, role text, dept_code text, api_key_id bigint)
 LANGUAGE sql
 STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT c.user_id, c.role, c.dept_code, c.api_key_id FROM users.caller_of_key(p_key_hash) c WHERE c.scopes IS NULL
$function$;

CREATE OR REPLACE FUNCTION users.pin_user(p_id bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  PERFORM 1 FROM users.users WHERE id = p_id AND deleted_at IS NULL FOR KEY SHARE;
  RETURN FOUND;
END $function$;

CREATE OR REPLACE FUNCTION users.pin_users(p_ids bigint[])
 RETURNS SETOF bigint
 LANGUAGE plpgsql
 STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
  live bigint[];
BEGIN
  -- An aggregate, because it reads, and so locks, all of them.
  SELECT array_agg(pinned.id) INTO live FROM (
    SELECT u.id FROM users.users u WHERE u.id = ANY (p_ids) AND u.deleted_at IS NULL
    ORDER BY u.id FOR KEY SHARE
  ) AS pinned;
  RETURN QUERY SELECT unnest(p_ids) EXCEPT SELECT unnest(live) ORDER BY 1;
END $function$;

CREATE OR REPLACE FUNCTION users.record_reference_event()
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
  INSERT INTO users.reference_events (target, target_id, kind)
  VALUES (TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, OLD.id, happened);
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION users.set_updated_at()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION users.user_names(p_ids bigint[])
 RETURNS TABLE(id bigint, username text, username_kr text, username_en text, dept_code text)
 LANGUAGE sql
 STABLE STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT u.id, u.username, u.username_kr, u.username_en, u.dept_code
  FROM users.users u WHERE u.id = ANY (p_ids)
$function$;

CREATE OR REPLACE FUNCTION users.user_states(p_ids bigint[])
 RETURNS TABLE(id bigint, live boolean)
 LANGUAGE sql
 STABLE STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT x.id, x.deleted_at IS NULL FROM users.users x WHERE x.id = ANY (p_ids)
$function$;

CREATE TABLE users.audit_events (
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

CREATE TABLE users.idempotency_keys (
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

CREATE TABLE users.reference_events (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  kind text NOT NULL,
  occurred_at timestamp with time zone DEFAULT now() NOT NULL,
  position bigint,
  target text NOT NULL,
  target_id bigint NOT NULL,
  CONSTRAINT reference_events_pkey PRIMARY KEY (id),
  CONSTRAINT reference_events_kind_check CHECK ((kind = ANY (ARRAY['DELETED'::text, 'RESTORED'::text, 'PURGED'::text])))
);

CREATE TABLE users.reference_reservations (
  holder text NOT NULL,
  id uuid NOT NULL,
  reserved_at timestamp with time zone DEFAULT now() NOT NULL,
  target text NOT NULL,
  target_id bigint NOT NULL,
  CONSTRAINT reference_reservations_pkey PRIMARY KEY (id, target, target_id)
);

CREATE TABLE users.reference_subscriptions (
  failures integer DEFAULT 0 NOT NULL,
  next_attempt_at timestamp with time zone DEFAULT now() NOT NULL,
  position bigint DEFAULT 0 NOT NULL,
  subscriber text NOT NULL,
  CONSTRAINT reference_subscriptions_pkey PRIMARY KEY (subscriber)
);

CREATE TABLE users.audit_events_default PARTITION OF users.audit_events DEFAULT;
ALTER TABLE users.api_keys ADD CONSTRAINT api_keys_key_hash_key UNIQUE (key_hash);
ALTER TABLE users.departments ADD CONSTRAINT departments_code_key UNIQUE (code);
ALTER TABLE users.departments ADD CONSTRAINT departments_external_id_key UNIQUE (external_id);
ALTER TABLE users.invitations ADD CONSTRAINT invitations_code_hash_key UNIQUE (code_hash);
ALTER TABLE users.api_keys ADD CONSTRAINT api_keys_key_hash_check CHECK ((octet_length(key_hash) = 32));
ALTER TABLE users.api_keys ADD CONSTRAINT api_keys_last_four_check CHECK ((last_four ~ '^[0-9A-Za-z]{4}$'::text));
ALTER TABLE users.api_keys ADD CONSTRAINT api_keys_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100)));
ALTER TABLE users.api_keys ADD CONSTRAINT api_keys_scopes_check CHECK (((cardinality(scopes) >= 1) AND (cardinality(scopes) <= 50)));
ALTER TABLE users.departments ADD CONSTRAINT departments_code_check CHECK (((char_length(code) >= 1) AND (char_length(code) <= 50)));
ALTER TABLE users.departments ADD CONSTRAINT departments_display_name_check CHECK (((char_length(display_name) >= 1) AND (char_length(display_name) <= 200)));
ALTER TABLE users.departments ADD CONSTRAINT departments_external_id_check CHECK (((char_length(external_id) >= 1) AND (char_length(external_id) <= 255)));
ALTER TABLE users.invitations ADD CONSTRAINT invitations_code_hash_check CHECK ((octet_length(code_hash) = 32));
ALTER TABLE users.invitations ADD CONSTRAINT invitations_dept_code_check CHECK (((char_length(dept_code) >= 1) AND (char_length(dept_code) <= 50)));
ALTER TABLE users.invitations ADD CONSTRAINT invitations_deptname_en_check CHECK ((char_length(deptname_en) <= 200));
ALTER TABLE users.invitations ADD CONSTRAINT invitations_deptname_kr_check CHECK ((char_length(deptname_kr) <= 200));
ALTER TABLE users.invitations ADD CONSTRAINT invitations_email_check CHECK (((char_length(email) >= 3) AND (char_length(email) <= 254)));
ALTER TABLE users.invitations ADD CONSTRAINT invitations_username_check CHECK (((char_length(username) >= 1) AND (char_length(username) <= 64)));
ALTER TABLE users.users ADD CONSTRAINT users_dept_code_check CHECK (((char_length(dept_code) >= 1) AND (char_length(dept_code) <= 50)));
ALTER TABLE users.users ADD CONSTRAINT users_deptname_en_check CHECK ((char_length(deptname_en) <= 200));
ALTER TABLE users.users ADD CONSTRAINT users_deptname_kr_check CHECK ((char_length(deptname_kr) <= 200));
ALTER TABLE users.users ADD CONSTRAINT users_email_check CHECK (((char_length(email) >= 3) AND (char_length(email) <= 254)));
ALTER TABLE users.users ADD CONSTRAINT users_external_id_check CHECK (((char_length(external_id) >= 1) AND (char_length(external_id) <= 255)));
ALTER TABLE users.users ADD CONSTRAINT users_language_preference_check CHECK ((language_preference = ANY (ARRAY['ko'::text, 'en'::text])));
ALTER TABLE users.users ADD CONSTRAINT users_theme_preference_check CHECK ((theme_preference = ANY (ARRAY['light'::text, 'dark'::text, 'system'::text])));
ALTER TABLE users.users ADD CONSTRAINT users_username_check CHECK ((username ~ '^[a-z0-9][a-z0-9._@+#''-]{0,127}$'::text));
ALTER TABLE users.users ADD CONSTRAINT users_username_en_check CHECK ((char_length(username_en) <= 100));
ALTER TABLE users.users ADD CONSTRAINT users_username_kr_check CHECK ((char_length(username_kr) <= 100));
ALTER TABLE users.api_keys ADD CONSTRAINT api_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES users.users(id);
CREATE INDEX api_keys_user_id_id_idx ON users.api_keys USING btree (user_id, id);
CREATE INDEX audit_events_actor_id_id_idx ON users.audit_events USING btree (actor_id, id);
CREATE INDEX audit_events_resource_idx ON users.audit_events USING btree (resource_type, resource_id, id);
CREATE INDEX idempotency_keys_created_at_idx ON users.idempotency_keys USING btree (created_at);
CREATE INDEX reference_events_occurred_at_idx ON users.reference_events USING btree (occurred_at);
CREATE UNIQUE INDEX reference_events_position_key ON users.reference_events USING btree ("position");
CREATE INDEX reference_events_unplaced_id_idx ON users.reference_events USING btree (id) WHERE ("position" IS NULL);
CREATE INDEX reference_reservations_holder_reserved_at_idx ON users.reference_reservations USING btree (holder, reserved_at);
CREATE INDEX reference_reservations_target_target_id_idx ON users.reference_reservations USING btree (target, target_id);
CREATE INDEX users_deleted_id_idx ON users.users USING btree (id) WHERE (deleted_at IS NOT NULL);
CREATE INDEX users_dept_code_id_idx ON users.users USING btree (dept_code, id);
CREATE UNIQUE INDEX users_email_live_key ON users.users USING btree (lower(email)) WHERE (deleted_at IS NULL);
CREATE INDEX users_email_search_idx ON users.users USING btree (lower(email) text_pattern_ops);
CREATE UNIQUE INDEX users_external_id_live_key ON users.users USING btree (external_id) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX users_id_deleted_at_key ON users.users USING btree (id, deleted_at);
CREATE INDEX users_role_id_idx ON users.users USING btree (role, id);
CREATE INDEX users_username_en_search_idx ON users.users USING btree (lower(username_en) text_pattern_ops);
CREATE INDEX users_username_kr_search_idx ON users.users USING btree (lower(username_kr) text_pattern_ops);
CREATE UNIQUE INDEX users_username_live_key ON users.users USING btree (username) WHERE (deleted_at IS NULL);
CREATE INDEX users_username_search_idx ON users.users USING btree (username text_pattern_ops);
CREATE OR REPLACE TRIGGER api_keys_set_updated_at BEFORE UPDATE ON users.api_keys FOR EACH ROW EXECUTE FUNCTION users.set_updated_at();
CREATE OR REPLACE TRIGGER departments_set_updated_at BEFORE UPDATE ON users.departments FOR EACH ROW EXECUTE FUNCTION users.set_updated_at();
CREATE OR REPLACE TRIGGER invitations_set_updated_at BEFORE UPDATE ON users.invitations FOR EACH ROW EXECUTE FUNCTION users.set_updated_at();
CREATE OR REPLACE TRIGGER users_record_deletion AFTER UPDATE ON users.users FOR EACH ROW WHEN ((old.deleted_at IS DISTINCT FROM new.deleted_at)) EXECUTE FUNCTION users.record_reference_event();
CREATE OR REPLACE TRIGGER users_record_removal AFTER DELETE ON users.users FOR EACH ROW EXECUTE FUNCTION users.record_reference_event();
CREATE OR REPLACE TRIGGER users_set_updated_at BEFORE UPDATE ON users.users FOR EACH ROW EXECUTE FUNCTION users.set_updated_at();
