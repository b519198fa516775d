-- Null, as for all keys until now: whatever the owner may do.
ALTER TABLE users.api_keys ADD COLUMN scopes text[];
ALTER TABLE users.api_keys ADD CONSTRAINT api_keys_scopes_check CHECK (cardinality(scopes) BETWEEN 1 AND 50) NOT VALID;
COMMENT ON COLUMN users.api_keys.scopes IS 'Scope tokens such as agents:read; null: whatever the owner may do.';

-- Published to every service: who calls with this key. Stands beside find_api_key, which services of the release
-- before call, and differs by the scopes.
CREATE FUNCTION users.caller_of_key(p_key_hash bytea)
RETURNS TABLE (user_id bigint, role text, dept_code text, api_key_id bigint, scopes text[])
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT u.id, u.role, u.dept_code, k.id, k.scopes
    FROM users.api_keys k JOIN users.users u ON u.id = k.user_id
    WHERE k.key_hash = p_key_hash AND k.revoked_at IS NULL
      AND (k.expires_at IS NULL OR k.expires_at > now()) AND u.deleted_at IS NULL;
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

-- A key narrower than its owner must not be taken for a full one by a service of the release before.
CREATE OR REPLACE FUNCTION users.find_api_key(p_key_hash bytea)
RETURNS TABLE (user_id bigint, role text, dept_code text, api_key_id bigint)
LANGUAGE sql VOLATILE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT c.user_id, c.role, c.dept_code, c.api_key_id FROM users.caller_of_key(p_key_hash) c WHERE c.scopes IS NULL
$$;
