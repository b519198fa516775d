CREATE TABLE users.api_keys (
  id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id      bigint      NOT NULL REFERENCES users.users (id),
  name         text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  key_hash     bytea       NOT NULL CHECK (octet_length(key_hash) = 32),
  last_four    text        NOT NULL CHECK (last_four ~ '^[0-9A-Za-z]{4}$'),
  expires_at   timestamptz,
  revoked_at   timestamptz,
  last_used_at timestamptz,
  scopes       text[]      CHECK (cardinality(scopes) BETWEEN 1 AND 50),
  replaced_by  bigint,
  version      integer     NOT NULL DEFAULT 0,
  created_at   timestamptz NOT NULL DEFAULT now(),
  updated_at   timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT api_keys_key_hash_key UNIQUE (key_hash)
);
-- Serves: the keys of a user, newest first; the foreign key.
CREATE INDEX api_keys_user_id_id_idx ON users.api_keys (user_id, id);

CREATE TRIGGER api_keys_set_updated_at BEFORE UPDATE ON users.api_keys
  FOR EACH ROW EXECUTE FUNCTION users.set_updated_at();

COMMENT ON TABLE users.api_keys IS 'Credentials of programs. The keys themselves are not stored.';
COMMENT ON COLUMN users.api_keys.key_hash IS 'SHA-256 of the whole key, 32 bytes.';
COMMENT ON COLUMN users.api_keys.last_four IS 'The key''s last four characters, for lists.';
COMMENT ON COLUMN users.api_keys.expires_at IS 'Refused from then on; null: never.';
COMMENT ON COLUMN users.api_keys.revoked_at IS 'Refused since then; null: in force. Never taken back.';
COMMENT ON COLUMN users.api_keys.last_used_at IS 'Last use, at most a minute late.';
COMMENT ON COLUMN users.api_keys.scopes IS 'Scope tokens such as agents:read; null: whatever the owner may do.';
COMMENT ON COLUMN users.api_keys.replaced_by IS 'Id of the key that replaces it, a recorded fact: that key may be gone; null: none does.';

-- Published to every service: who calls with this key. Keys of disabled users are refused.
CREATE FUNCTION users.caller_of_key(p_key_hash bytea)
RETURNS TABLE (user_id bigint, role text, dept_code text, api_key_id bigint, scopes text[])
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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
END $$;
REVOKE ALL ON FUNCTION users.caller_of_key(bytea) FROM PUBLIC;
COMMENT ON FUNCTION users.caller_of_key(bytea) IS
  'The live user behind a key in force and the key''s scopes, found by its SHA-256; no row otherwise.';

-- Published for services of releases that know no scopes: a key narrower than its owner must not be taken for a full one.
CREATE FUNCTION users.find_api_key(p_key_hash bytea)
RETURNS TABLE (user_id bigint, role text, dept_code text, api_key_id bigint)
LANGUAGE sql VOLATILE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT c.user_id, c.role, c.dept_code, c.api_key_id FROM users.caller_of_key(p_key_hash) c WHERE c.scopes IS NULL
$$;
REVOKE ALL ON FUNCTION users.find_api_key(bytea) FROM PUBLIC;
COMMENT ON FUNCTION users.find_api_key(bytea) IS
  'The live user behind a key in force, found by the key''s SHA-256; no row otherwise.';
