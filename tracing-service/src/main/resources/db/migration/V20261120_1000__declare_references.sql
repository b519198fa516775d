-- What this schema refers to in others, and what their owners may ask about it.
CREATE TABLE tracing.declared_references (
  table_name  text    NOT NULL,
  column_name text    NOT NULL,
  nullable    boolean NOT NULL,
  target      text    NOT NULL,
  on_delete   text    NOT NULL CHECK (on_delete IN ('RESTRICT', 'KEEP')),
  on_orphan   text    NOT NULL CHECK (on_orphan IN ('SOFT_DELETE', 'SET_NULL')),
  CONSTRAINT declared_references_pkey PRIMARY KEY (table_name, column_name),
  CONSTRAINT declared_references_set_null CHECK (nullable OR on_orphan <> 'SET_NULL')
);
COMMENT ON TABLE tracing.declared_references IS 'Columns of this schema that point into another one; written by migrations only. The same as the beans of type Reference.';
COMMENT ON COLUMN tracing.declared_references.table_name IS 'Has the columns id, version and deleted_at.';
COMMENT ON COLUMN tracing.declared_references.column_name IS 'A bigint with an index that begins with it.';
COMMENT ON COLUMN tracing.declared_references.target IS 'Schema and table of the target.';
COMMENT ON COLUMN tracing.declared_references.on_delete IS 'RESTRICT: the target cannot be deleted while a live row points to it; KEEP: it can, the rows stay readable.';
COMMENT ON COLUMN tracing.declared_references.on_orphan IS 'Repair of a row whose target is gone all the same: SOFT_DELETE the row or SET_NULL the column.';

INSERT INTO tracing.declared_references (table_name, column_name, nullable, target, on_delete, on_orphan) VALUES
  ('trace_metadata', 'session_id', true, 'chat.chat_sessions', 'KEEP', 'SET_NULL'),
  ('trace_metadata', 'agent_id', true, 'agents.agents', 'KEEP', 'SET_NULL');

-- Published to the owners of the targets (EXECUTE only): what forbids that targets go. Not STABLE: called after the
-- target is locked, it has to see what was committed while its caller waited for the lock.
CREATE FUNCTION tracing.references_to(p_target text, p_ids bigint[], p_purge boolean)
RETURNS TABLE (reference text, target_id bigint, row_count bigint, first_ids bigint[])
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  declared record;
  which    text;
BEGIN
  FOR declared IN
    SELECT r.table_name, r.column_name FROM tracing.declared_references r
    WHERE r.target = p_target AND (p_purge OR r.on_delete = 'RESTRICT')
    ORDER BY r.table_name, r.column_name
  LOOP
    which := format(
      'FROM tracing.%I c WHERE c.%I = t.id %s', declared.table_name, declared.column_name,
      CASE WHEN p_purge THEN '' ELSE 'AND c.deleted_at IS NULL' END);
    RETURN QUERY EXECUTE format(
      'SELECT %L, t.id, (SELECT count(*) %s), ARRAY(SELECT c.id %s ORDER BY c.id LIMIT 5)
       FROM unnest($1) AS t (id) WHERE EXISTS (SELECT %s)',
      declared.table_name || '.' || declared.column_name, which, which, which)
      USING p_ids;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION tracing.references_to(text, bigint[], boolean) FROM PUBLIC;
COMMENT ON FUNCTION tracing.references_to(text, bigint[], boolean) IS
  'Rows that forbid a deletion of these targets: live ones of RESTRICT references, or with p_purge all rows of all references.';

-- Published to the owners of the targets (EXECUTE only): the live rows of RESTRICT references get another target, which
-- the caller has pinned.
CREATE FUNCTION tracing.hand_over(p_target text, p_from bigint, p_to bigint) RETURNS bigint
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  declared record;
  changed  bigint;
  total    bigint := 0;
BEGIN
  FOR declared IN
    SELECT r.table_name, r.column_name FROM tracing.declared_references r
    WHERE r.target = p_target AND r.on_delete = 'RESTRICT'
    ORDER BY r.table_name, r.column_name
  LOOP
    EXECUTE format(
      'UPDATE tracing.%1$I SET %2$I = $1, version = version + 1 WHERE %2$I = $2 AND deleted_at IS NULL',
      declared.table_name, declared.column_name)
      USING p_to, p_from;
    GET DIAGNOSTICS changed = ROW_COUNT;
    total := total + changed;
  END LOOP;
  RETURN total;
END $$;
REVOKE ALL ON FUNCTION tracing.hand_over(text, bigint, bigint) FROM PUBLIC;
COMMENT ON FUNCTION tracing.hand_over(text, bigint, bigint) IS
  'Gives the live rows of RESTRICT references another target; how many rows.';
