-- The release before does not know what ended them, so these end for good: what is over, and what a key signed in.
UPDATE users.sign_in_sessions s SET expires_at = now()
WHERE s.api_key_id IS NOT NULL OR NOT users.is_signed_in(s.user_id, s.signed_in_at, NULL);
UPDATE users.oauth_grants g SET revoked_at = now()
WHERE g.revoked_at IS NULL AND g.user_id IS NOT NULL
  AND (g.api_key_id IS NOT NULL OR NOT users.is_signed_in(g.user_id, g.signed_in_at, NULL));
CREATE OR REPLACE FUNCTION users.caller_of_token(p_user_id bigint, p_grant_id text)
RETURNS TABLE (role text, dept_code text)
LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT u.role, u.dept_code
    FROM users.users u JOIN users.oauth_grants g ON g.user_id = u.id
    WHERE u.id = p_user_id AND u.deleted_at IS NULL AND u.disabled_at IS NULL
      AND g.id = p_grant_id AND g.revoked_at IS NULL;
END $$;
DROP FUNCTION users.is_signed_in(bigint, timestamptz, bigint);
ALTER TABLE users.oauth_grants DROP COLUMN api_key_id;
ALTER TABLE users.sign_in_sessions DROP COLUMN api_key_id;
ALTER TABLE users.users DROP COLUMN signed_out_at;
