CREATE OR REPLACE FUNCTION users.caller_of_key(p_key_hash bytea)
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

ALTER TABLE users.users DROP COLUMN disabled_at;
