-- Published to schemas that refer to users (EXECUTE only): tells of each id whether the user is live. An id without any
-- row is missing in the answer.
CREATE FUNCTION users.user_states(p_ids bigint[]) RETURNS TABLE (id bigint, live boolean)
LANGUAGE sql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT x.id, x.deleted_at IS NULL FROM users.users x WHERE x.id = ANY (p_ids)
$$;
REVOKE ALL ON FUNCTION users.user_states(bigint[]) FROM PUBLIC;
COMMENT ON FUNCTION users.user_states(bigint[]) IS 'Which of these users exist, and whether they are live.';
