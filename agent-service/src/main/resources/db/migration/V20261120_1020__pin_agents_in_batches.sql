-- Published to other schemas (EXECUTE only): pins many live agents that this user may use in one call, in the order of
-- their ids, so that two callers of the same agents wait for each other instead of forever. Not STRICT: a user without a
-- department has none to give.
CREATE FUNCTION agents.pin_agents(p_ids bigint[], p_user_id bigint, p_dept_code text, p_admin boolean)
RETURNS SETOF bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  live bigint[];
BEGIN
  -- An aggregate, because it reads, and so locks, all of them.
  SELECT array_agg(pinned.id) INTO live FROM (
    SELECT a.id FROM agents.agents a
    WHERE a.id = ANY (p_ids) AND a.deleted_at IS NULL
      AND (p_admin OR a.owner_id = p_user_id
           OR (a.status = 'DEPLOYED'
               AND (a.visibility = 'PUBLIC' OR (a.visibility = 'TEAM' AND a.owner_dept_code = p_dept_code))))
    ORDER BY a.id FOR KEY SHARE
  ) AS pinned;
  RETURN QUERY SELECT unnest(p_ids) EXCEPT SELECT unnest(live) ORDER BY 1;
END $$;
REVOKE ALL ON FUNCTION agents.pin_agents(bigint[], bigint, text, boolean) FROM PUBLIC;
COMMENT ON FUNCTION agents.pin_agents(bigint[], bigint, text, boolean) IS
  'Those of the ids that are no live agents, or none that this user may use, ascending; the others are locked against deletion until the transaction ends.';
