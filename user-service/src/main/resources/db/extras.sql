-- What this schema has beyond what the entities' annotations and the shared parts (db/shared of platform-common) say:
-- check runs all three and compares with what the migrations make. Change it together with a migration;
-- check --write-extras prints it anew, without these lines.
-- shared: common referred

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
