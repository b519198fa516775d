-- Published to every service: the keys that tokens are verified with.
CREATE FUNCTION users.published_signing_keys() RETURNS TABLE (kid text, jwk text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT k.kid, k.public_jwk FROM users.signing_keys k
  WHERE k.published_until IS NULL OR k.published_until > now()
  ORDER BY k.signs_from, k.kid
$$;
REVOKE ALL ON FUNCTION users.published_signing_keys() FROM PUBLIC;
COMMENT ON FUNCTION users.published_signing_keys() IS
  'Public JSON Web Keys that sign tokens, did, or will soon.';

-- Published to every service: whether a token's user and grant are still in force.
CREATE FUNCTION users.caller_of_token(p_user_id bigint, p_grant_id text)
RETURNS TABLE (role text, dept_code text)
-- plpgsql looks at disabled_at, which a later migration adds, only when it runs.
LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT u.role, u.dept_code
    FROM users.users u JOIN users.oauth_grants g ON g.user_id = u.id
    WHERE u.id = p_user_id AND u.deleted_at IS NULL AND u.disabled_at IS NULL
      AND g.id = p_grant_id AND g.revoked_at IS NULL;
END $$;
REVOKE ALL ON FUNCTION users.caller_of_token(bigint, text) FROM PUBLIC;
COMMENT ON FUNCTION users.caller_of_token(bigint, text) IS
  'Role and department of a live user, not disabled, whose grant is in force; no row otherwise.';
