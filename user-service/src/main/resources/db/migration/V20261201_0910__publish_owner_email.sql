-- Published to agents (EXECUTE only): names and addresses of users, for callers who may read these users here: the user
-- and administrators. agent-service decides who that is. user_names, which everybody sees, has no addresses.
CREATE FUNCTION users.user_contacts(p_ids bigint[])
RETURNS TABLE (id bigint, username text, username_kr text, username_en text, email text)
LANGUAGE sql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT u.id, u.username, u.username_kr, u.username_en, u.email
  FROM users.users u WHERE u.id = ANY (p_ids)
$$;
REVOKE ALL ON FUNCTION users.user_contacts(bigint[]) FROM PUBLIC;
COMMENT ON FUNCTION users.user_contacts(bigint[]) IS
  'Names and e-mail addresses of users, deleted ones too; only for callers who may read these users.';
