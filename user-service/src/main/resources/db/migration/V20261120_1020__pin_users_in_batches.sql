-- Published to other schemas (EXECUTE only): pins many live users in one call, in the order of their ids, so that two
-- callers of the same users wait for each other instead of forever.
CREATE FUNCTION users.pin_users(p_ids bigint[]) RETURNS SETOF bigint
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  live bigint[];
BEGIN
  -- An aggregate, because it reads, and so locks, all of them.
  SELECT array_agg(pinned.id) INTO live FROM (
    SELECT u.id FROM users.users u WHERE u.id = ANY (p_ids) AND u.deleted_at IS NULL
    ORDER BY u.id FOR KEY SHARE
  ) AS pinned;
  RETURN QUERY SELECT unnest(p_ids) EXCEPT SELECT unnest(live) ORDER BY 1;
END $$;
REVOKE ALL ON FUNCTION users.pin_users(bigint[]) FROM PUBLIC;
COMMENT ON FUNCTION users.pin_users(bigint[]) IS
  'Those of the ids that are no live users, ascending; the others are locked against deletion until the transaction ends.';
