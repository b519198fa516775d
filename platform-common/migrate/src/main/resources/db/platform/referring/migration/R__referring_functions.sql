-- What a schema that refers to others has: what their owners may ask about it.

-- Published to the owners of the targets (EXECUTE only): what forbids that targets go. Not STABLE: called after the
-- target is locked, it has to see what was committed while its caller waited for the lock.
CREATE OR REPLACE FUNCTION ${flyway:defaultSchema}.references_to(p_target text, p_ids bigint[], p_purge boolean)
RETURNS TABLE (reference text, target_id bigint, row_count bigint, first_ids bigint[])
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  declared record;
  which    text;
BEGIN
  FOR declared IN
    SELECT r.table_name, r.column_name FROM ${flyway:defaultSchema}.declared_references r
    WHERE r.target = p_target AND (p_purge OR r.on_delete = 'RESTRICT')
    ORDER BY r.table_name, r.column_name
  LOOP
    which := format(
      'FROM ${flyway:defaultSchema}.%I c WHERE c.%I = t.id %s', declared.table_name, declared.column_name,
      CASE WHEN p_purge THEN '' ELSE 'AND c.deleted_at IS NULL' END);
    RETURN QUERY EXECUTE format(
      'SELECT %L, t.id, (SELECT count(*) %s), ARRAY(SELECT c.id %s ORDER BY c.id LIMIT 5)
       FROM unnest($1) AS t (id) WHERE EXISTS (SELECT %s)',
      declared.table_name || '.' || declared.column_name, which, which, which)
      USING p_ids;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION ${flyway:defaultSchema}.references_to(text, bigint[], boolean) FROM PUBLIC;
COMMENT ON FUNCTION ${flyway:defaultSchema}.references_to(text, bigint[], boolean) IS
  'Rows that forbid a deletion of these targets: live ones of RESTRICT references, or with p_purge all rows of all references.';

-- Published to the owners of the targets (EXECUTE only): the live rows of RESTRICT references get another target, which
-- the caller has pinned.
CREATE OR REPLACE FUNCTION ${flyway:defaultSchema}.hand_over(p_target text, p_from bigint, p_to bigint) RETURNS bigint
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  declared record;
  changed  bigint;
  total    bigint := 0;
BEGIN
  FOR declared IN
    SELECT r.table_name, r.column_name FROM ${flyway:defaultSchema}.declared_references r
    WHERE r.target = p_target AND r.on_delete = 'RESTRICT'
    ORDER BY r.table_name, r.column_name
  LOOP
    EXECUTE format(
      'UPDATE ${flyway:defaultSchema}.%1$I SET %2$I = $1, version = version + 1 WHERE %2$I = $2 AND deleted_at IS NULL',
      declared.table_name, declared.column_name)
      USING p_to, p_from;
    GET DIAGNOSTICS changed = ROW_COUNT;
    total := total + changed;
  END LOOP;
  RETURN total;
END $$;
REVOKE ALL ON FUNCTION ${flyway:defaultSchema}.hand_over(text, bigint, bigint) FROM PUBLIC;
COMMENT ON FUNCTION ${flyway:defaultSchema}.hand_over(text, bigint, bigint) IS
  'Gives the live rows of RESTRICT references another target; how many rows.';
