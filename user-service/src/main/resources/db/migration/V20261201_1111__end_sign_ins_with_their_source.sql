ALTER TABLE users.users ADD COLUMN signed_out_at timestamptz;
COMMENT ON COLUMN users.users.signed_out_at IS 'Sessions and grants of a sign-in before are over; null: none is.';
ALTER TABLE users.sign_in_sessions ADD COLUMN api_key_id bigint;
COMMENT ON COLUMN users.sign_in_sessions.api_key_id IS 'The key that signed in, and ends the session with it: users.api_keys.id, a recorded fact; null: the identity provider did.';
ALTER TABLE users.oauth_grants ADD COLUMN api_key_id bigint;
COMMENT ON COLUMN users.oauth_grants.api_key_id IS 'As of the session it was granted in; null, too: the client for itself.';

-- A session and a grant are worth no more than the sign-in they come from.
CREATE FUNCTION users.is_signed_in(p_user_id bigint, p_signed_in_at timestamptz, p_api_key_id bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM users.users u
    WHERE u.id = p_user_id AND u.deleted_at IS NULL AND u.disabled_at IS NULL
      AND (u.signed_out_at IS NULL OR u.signed_out_at < p_signed_in_at)
      AND (p_api_key_id IS NULL OR EXISTS (
        SELECT FROM users.api_keys k
        WHERE k.id = p_api_key_id AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now()))))
$$;
REVOKE ALL ON FUNCTION users.is_signed_in(bigint, timestamptz, bigint) FROM PUBLIC;
COMMENT ON FUNCTION users.is_signed_in(bigint, timestamptz, bigint) IS
  'True while a sign-in at that time counts: the user is live, not disabled and has not signed out everywhere since, and the key that signed in is in force.';

CREATE OR REPLACE FUNCTION users.caller_of_token(p_user_id bigint, p_grant_id text)
RETURNS TABLE (role text, dept_code text)
LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT u.role, u.dept_code
    FROM users.users u JOIN users.oauth_grants g ON g.user_id = u.id
    WHERE u.id = p_user_id AND g.id = p_grant_id AND g.revoked_at IS NULL
      AND users.is_signed_in(g.user_id, g.signed_in_at, g.api_key_id);
END $$;
