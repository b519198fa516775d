-- What this schema has beyond what the entities' annotations say and the platform's own files (db/platform) make: check
-- builds it from all three and compares with what the migrations make. Change it together with a migration;
-- check --write-extras prints it anew, without these lines.

SET LOCAL check_function_bodies = off;

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

CREATE OR REPLACE FUNCTION users.caller_of_token(p_user_id bigint, p_grant_id text)
 RETURNS TABLE(role text, dept_code text)
 LANGUAGE plpgsql
 STABLE STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  RETURN QUERY
    SELECT u.role, u.dept_code
    FROM users.users u JOIN users.oauth_grants g ON g.user_id = u.id
    WHERE u.id = p_user_id AND g.id = p_grant_id AND g.revoked_at IS NULL
      AND users.is_signed_in(g.user_id, g.signed_in_at, g.api_key_id);
END $function$;

CREATE OR REPLACE FUNCTION users.find_api_key(p_key_hash bytea)
 RETURNS TABLE(user_id bigint, role text, dept_code text, api_key_id bigint)
 LANGUAGE sql
 STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT c.user_id, c.role, c.dept_code, c.api_key_id FROM users.caller_of_key(p_key_hash) c WHERE c.scopes IS NULL
$function$;

CREATE OR REPLACE FUNCTION users.is_signed_in(p_user_id bigint, p_signed_in_at timestamp with time zone, p_api_key_id bigint)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT EXISTS (
    SELECT FROM users.users u
    WHERE u.id = p_user_id AND u.deleted_at IS NULL AND u.disabled_at IS NULL
      AND (u.signed_out_at IS NULL OR u.signed_out_at < p_signed_in_at)
      AND (p_api_key_id IS NULL OR EXISTS (
        SELECT FROM users.api_keys k
        WHERE k.id = p_api_key_id AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now()))))
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

CREATE OR REPLACE FUNCTION users.published_signing_keys()
 RETURNS TABLE(kid text, jwk text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT k.kid, k.public_jwk FROM users.signing_keys k
  WHERE k.published_until IS NULL OR k.published_until > now()
  ORDER BY k.signs_from, k.kid
$function$;

CREATE OR REPLACE FUNCTION users.user_contacts(p_ids bigint[])
 RETURNS TABLE(id bigint, username text, username_kr text, username_en text, email text)
 LANGUAGE sql
 STABLE STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT u.id, u.username, u.username_kr, u.username_en, u.email
  FROM users.users u WHERE u.id = ANY (p_ids)
$function$;

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

CREATE TABLE users.identities (
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  issuer text NOT NULL,
  last_signed_in_at timestamp with time zone DEFAULT now() NOT NULL,
  subject text NOT NULL,
  user_id bigint NOT NULL,
  CONSTRAINT identities_pkey PRIMARY KEY (issuer, subject),
  CONSTRAINT identities_issuer_check CHECK (((char_length(issuer) >= 1) AND (char_length(issuer) <= 500))),
  CONSTRAINT identities_subject_check CHECK (((char_length(subject) >= 1) AND (char_length(subject) <= 255)))
);

CREATE TABLE users.oauth_clients (
  client_id text NOT NULL,
  consent_required boolean NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  grant_types text[] NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  name text NOT NULL,
  post_logout_redirect_uris text[] NOT NULL,
  redirect_uris text[] NOT NULL,
  scopes text[] NOT NULL,
  secret_changed_at timestamp with time zone,
  secret_hash bytea,
  CONSTRAINT oauth_clients_pkey PRIMARY KEY (id),
  CONSTRAINT oauth_clients_client_id_key UNIQUE (client_id),
  CONSTRAINT oauth_clients_client_id_check CHECK ((client_id ~ '^[a-z0-9][a-z0-9._-]{2,63}$'::text)),
  CONSTRAINT oauth_clients_grant_types_check CHECK (((cardinality(grant_types) >= 1) AND (cardinality(grant_types) <= 3))),
  CONSTRAINT oauth_clients_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100))),
  CONSTRAINT oauth_clients_post_logout_redirect_uris_check CHECK ((cardinality(post_logout_redirect_uris) <= 20)),
  CONSTRAINT oauth_clients_redirect_uris_check CHECK ((cardinality(redirect_uris) <= 20)),
  CONSTRAINT oauth_clients_scopes_check CHECK (((cardinality(scopes) >= 1) AND (cardinality(scopes) <= 20))),
  CONSTRAINT oauth_clients_secret_hash_check CHECK ((octet_length(secret_hash) = 32))
);

CREATE TABLE users.oauth_consents (
  client_id bigint NOT NULL,
  granted_at timestamp with time zone DEFAULT now() NOT NULL,
  scopes text[] NOT NULL,
  user_id bigint NOT NULL,
  CONSTRAINT oauth_consents_pkey PRIMARY KEY (client_id, user_id)
);

CREATE TABLE users.oauth_grants (
  api_key_id bigint,
  client_id bigint NOT NULL,
  client_state text,
  code_challenge text,
  code_expires_at timestamp with time zone,
  code_hash bytea,
  code_used_at timestamp with time zone,
  consent_state_hash bytea,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  grant_type text NOT NULL,
  id text NOT NULL,
  nonce text,
  previous_refresh_token_hash bytea,
  redirect_uri text,
  refresh_family_hash bytea,
  refresh_token_expires_at timestamp with time zone,
  refresh_token_hash bytea,
  refreshed_at timestamp with time zone,
  requested_scopes text[] NOT NULL,
  revoked_at timestamp with time zone,
  scopes text[] NOT NULL,
  signed_in_at timestamp with time zone,
  user_id bigint,
  CONSTRAINT oauth_grants_pkey PRIMARY KEY (id),
  CONSTRAINT oauth_grants_code_hash_check CHECK ((octet_length(code_hash) = 32)),
  CONSTRAINT oauth_grants_consent_state_hash_check CHECK ((octet_length(consent_state_hash) = 32)),
  CONSTRAINT oauth_grants_grant_type_check CHECK ((grant_type = ANY (ARRAY['authorization_code'::text, 'client_credentials'::text]))),
  CONSTRAINT oauth_grants_id_check CHECK (((char_length(id) >= 1) AND (char_length(id) <= 64))),
  CONSTRAINT oauth_grants_previous_refresh_token_hash_check CHECK ((octet_length(previous_refresh_token_hash) = 32)),
  CONSTRAINT oauth_grants_refresh_family_hash_check CHECK ((octet_length(refresh_family_hash) = 32)),
  CONSTRAINT oauth_grants_refresh_token_hash_check CHECK ((octet_length(refresh_token_hash) = 32))
);

CREATE TABLE users.sign_in_attempts (
  code_verifier text NOT NULL,
  continue_with text,
  expires_at timestamp with time zone NOT NULL,
  nonce text NOT NULL,
  redirect_uri text NOT NULL,
  state text NOT NULL,
  token_hash bytea NOT NULL,
  CONSTRAINT sign_in_attempts_pkey PRIMARY KEY (token_hash),
  CONSTRAINT sign_in_attempts_token_hash_check CHECK ((octet_length(token_hash) = 32))
);

CREATE TABLE users.sign_in_sessions (
  api_key_id bigint,
  expires_at timestamp with time zone NOT NULL,
  signed_in_at timestamp with time zone DEFAULT now() NOT NULL,
  token_hash bytea NOT NULL,
  user_id bigint NOT NULL,
  CONSTRAINT sign_in_sessions_pkey PRIMARY KEY (token_hash),
  CONSTRAINT sign_in_sessions_token_hash_check CHECK ((octet_length(token_hash) = 32))
);

CREATE TABLE users.signing_keys (
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  kid text NOT NULL,
  private_key bytea,
  private_key_sealed text,
  public_jwk text NOT NULL,
  published_until timestamp with time zone,
  signs_from timestamp with time zone NOT NULL,
  CONSTRAINT signing_keys_pkey PRIMARY KEY (id),
  CONSTRAINT signing_keys_kid_key UNIQUE (kid),
  CONSTRAINT signing_keys_kid_check CHECK ((kid ~ '^[A-Za-z0-9_-]{1,64}$'::text)),
  CONSTRAINT signing_keys_private_key_check CHECK ((num_nonnulls(private_key, private_key_sealed) = 1)),
  CONSTRAINT signing_keys_private_key_sealed_check CHECK ((private_key_sealed ~ '^v1\.[A-Za-z0-9_-]{1,32}\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]+$'::text)),
  CONSTRAINT signing_keys_public_jwk_check CHECK ((char_length(public_jwk) <= 4000))
);

CREATE TABLE users.used_refresh_tokens (
  grant_id text NOT NULL,
  token_hash bytea NOT NULL,
  used_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT used_refresh_tokens_pkey PRIMARY KEY (token_hash),
  CONSTRAINT used_refresh_tokens_token_hash_check CHECK ((octet_length(token_hash) = 32))
);

ALTER TABLE users.api_keys ADD CONSTRAINT api_keys_key_hash_key UNIQUE (key_hash);
ALTER TABLE users.departments ADD CONSTRAINT departments_code_key UNIQUE (code);
ALTER TABLE users.departments ADD CONSTRAINT departments_external_id_key UNIQUE (external_id);
ALTER TABLE users.invitations ADD CONSTRAINT invitations_code_hash_key UNIQUE (code_hash);
ALTER TABLE users.api_keys ADD CONSTRAINT api_keys_description_check CHECK (((char_length(description) >= 1) AND (char_length(description) <= 500)));
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
ALTER TABLE users.users ADD CONSTRAINT users_family_name_check CHECK (((char_length(family_name) >= 1) AND (char_length(family_name) <= 100)));
ALTER TABLE users.users ADD CONSTRAINT users_given_name_check CHECK (((char_length(given_name) >= 1) AND (char_length(given_name) <= 100)));
ALTER TABLE users.users ADD CONSTRAINT users_language_preference_check CHECK ((language_preference = ANY (ARRAY['ko'::text, 'en'::text])));
ALTER TABLE users.users ADD CONSTRAINT users_theme_preference_check CHECK ((theme_preference = ANY (ARRAY['light'::text, 'dark'::text, 'system'::text])));
ALTER TABLE users.users ADD CONSTRAINT users_username_check CHECK (char_length(username) >= 1 AND char_length(username) <= 128 AND username !~ '[[:space:]]');
ALTER TABLE users.users ADD CONSTRAINT users_username_en_check CHECK ((char_length(username_en) <= 100));
ALTER TABLE users.users ADD CONSTRAINT users_username_kr_check CHECK ((char_length(username_kr) <= 100));
ALTER TABLE users.api_keys ADD CONSTRAINT api_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES users.users(id);
ALTER TABLE users.identities ADD CONSTRAINT identities_user_id_fkey FOREIGN KEY (user_id) REFERENCES users.users(id) ON DELETE CASCADE;
ALTER TABLE users.oauth_consents ADD CONSTRAINT oauth_consents_client_id_fkey FOREIGN KEY (client_id) REFERENCES users.oauth_clients(id) ON DELETE CASCADE;
ALTER TABLE users.oauth_consents ADD CONSTRAINT oauth_consents_user_id_fkey FOREIGN KEY (user_id) REFERENCES users.users(id) ON DELETE CASCADE;
ALTER TABLE users.oauth_grants ADD CONSTRAINT oauth_grants_client_id_fkey FOREIGN KEY (client_id) REFERENCES users.oauth_clients(id) ON DELETE CASCADE;
ALTER TABLE users.oauth_grants ADD CONSTRAINT oauth_grants_user_id_fkey FOREIGN KEY (user_id) REFERENCES users.users(id) ON DELETE CASCADE;
ALTER TABLE users.sign_in_sessions ADD CONSTRAINT sign_in_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users.users(id) ON DELETE CASCADE;
ALTER TABLE users.used_refresh_tokens ADD CONSTRAINT used_refresh_tokens_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES users.oauth_grants(id) ON DELETE CASCADE;
CREATE INDEX api_keys_user_id_id_idx ON users.api_keys USING btree (user_id, id);
CREATE INDEX identities_user_id_idx ON users.identities USING btree (user_id);
CREATE INDEX oauth_consents_user_id_idx ON users.oauth_consents USING btree (user_id);
CREATE INDEX oauth_grants_client_id_idx ON users.oauth_grants USING btree (client_id);
CREATE UNIQUE INDEX oauth_grants_code_hash_key ON users.oauth_grants USING btree (code_hash);
CREATE UNIQUE INDEX oauth_grants_consent_state_hash_key ON users.oauth_grants USING btree (consent_state_hash);
CREATE INDEX oauth_grants_expires_at_idx ON users.oauth_grants USING btree (expires_at);
CREATE UNIQUE INDEX oauth_grants_refresh_family_hash_key ON users.oauth_grants USING btree (refresh_family_hash);
CREATE UNIQUE INDEX oauth_grants_refresh_token_hash_key ON users.oauth_grants USING btree (refresh_token_hash);
CREATE INDEX oauth_grants_user_id_idx ON users.oauth_grants USING btree (user_id);
CREATE INDEX sign_in_attempts_expires_at_idx ON users.sign_in_attempts USING btree (expires_at);
CREATE INDEX sign_in_sessions_expires_at_idx ON users.sign_in_sessions USING btree (expires_at);
CREATE INDEX sign_in_sessions_user_id_idx ON users.sign_in_sessions USING btree (user_id);
CREATE INDEX signing_keys_signs_from_idx ON users.signing_keys USING btree (signs_from);
CREATE INDEX used_refresh_tokens_grant_id_idx ON users.used_refresh_tokens USING btree (grant_id);
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
