-- A schema that refers to others has this besides: what it declares, what it found, and its answers to them.

CREATE OR REPLACE FUNCTION ${schema}.hand_over(p_target text, p_from bigint, p_to bigint)
 RETURNS bigint
 LANGUAGE plpgsql
 STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
  declared record;
  changed  bigint;
  total    bigint := 0;
BEGIN
  FOR declared IN
    SELECT r.table_name, r.column_name FROM ${schema}.declared_references r
    WHERE r.target = p_target AND r.on_delete = 'RESTRICT'
    ORDER BY r.table_name, r.column_name
  LOOP
    EXECUTE format(
      'UPDATE ${schema}.%1$I SET %2$I = $1, version = version + 1 WHERE %2$I = $2 AND deleted_at IS NULL',
      declared.table_name, declared.column_name)
      USING p_to, p_from;
    GET DIAGNOSTICS changed = ROW_COUNT;
    total := total + changed;
  END LOOP;
  RETURN total;
END $function$;

CREATE OR REPLACE FUNCTION ${schema}.references_to(p_target text, p_ids bigint[], p_purge boolean)
 RETURNS TABLE(reference text, target_id bigint, row_count bigint, first_ids bigint[])
 LANGUAGE plpgsql
 STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
  declared record;
  which    text;
BEGIN
  FOR declared IN
    SELECT r.table_name, r.column_name FROM ${schema}.declared_references r
    WHERE r.target = p_target AND (p_purge OR r.on_delete = 'RESTRICT')
    ORDER BY r.table_name, r.column_name
  LOOP
    which := format(
      'FROM ${schema}.%I c WHERE c.%I = t.id %s', declared.table_name, declared.column_name,
      CASE WHEN p_purge THEN '' ELSE 'AND c.deleted_at IS NULL' END);
    RETURN QUERY EXECUTE format(
      'SELECT %L, t.id, (SELECT count(*) %s), ARRAY(SELECT c.id %s ORDER BY c.id LIMIT 5)
       FROM unnest($1) AS t (id) WHERE EXISTS (SELECT %s)',
      declared.table_name || '.' || declared.column_name, which, which, which)
      USING p_ids;
  END LOOP;
END $function$;

CREATE TABLE ${schema}.declared_references (
  column_name text NOT NULL,
  nullable boolean NOT NULL,
  on_delete text NOT NULL,
  on_orphan text NOT NULL,
  table_name text NOT NULL,
  target text NOT NULL,
  CONSTRAINT declared_references_pkey PRIMARY KEY (table_name, column_name),
  CONSTRAINT declared_references_on_delete_check CHECK ((on_delete = ANY (ARRAY['RESTRICT'::text, 'KEEP'::text]))),
  CONSTRAINT declared_references_on_orphan_check CHECK ((on_orphan = ANY (ARRAY['SOFT_DELETE'::text, 'SET_NULL'::text]))),
  CONSTRAINT declared_references_set_null CHECK ((nullable OR (on_orphan <> 'SET_NULL'::text)))
);

CREATE TABLE ${schema}.foreign_deletions (
  event_id bigint NOT NULL,
  kind text NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  received_at timestamp with time zone DEFAULT now() NOT NULL,
  target text NOT NULL,
  target_id bigint NOT NULL,
  CONSTRAINT foreign_deletions_pkey PRIMARY KEY (target, target_id),
  CONSTRAINT foreign_deletions_kind_check CHECK ((kind = ANY (ARRAY['DELETED'::text, 'RESTORED'::text, 'PURGED'::text])))
);

CREATE TABLE ${schema}.orphan_audits (
  completed_at timestamp with time zone,
  looked_at timestamp with time zone NOT NULL,
  not_audited text,
  reference text NOT NULL,
  rows_seen bigint NOT NULL,
  CONSTRAINT orphan_audits_pkey PRIMARY KEY (reference)
);

CREATE TABLE ${schema}.orphan_findings (
  confirmed_at timestamp with time zone,
  first_seen_at timestamp with time zone DEFAULT now() NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  kind text NOT NULL,
  reference text NOT NULL,
  resolution text,
  resolved_at timestamp with time zone,
  row_id bigint,
  target_id text,
  CONSTRAINT orphan_findings_pkey PRIMARY KEY (id),
  CONSTRAINT orphan_findings_kind_check CHECK ((kind = ANY (ARRAY['dangling'::text, 'deleted_target'::text, 'type_changed'::text]))),
  CONSTRAINT orphan_findings_resolution_check CHECK ((resolution = ANY (ARRAY['gone'::text, 'soft_deleted'::text, 'set_null'::text]))),
  CONSTRAINT orphan_findings_resolved CHECK (((resolved_at IS NULL) = (resolution IS NULL))),
  CONSTRAINT orphan_findings_target_id_check CHECK ((char_length(target_id) <= 200))
);

CREATE TABLE ${schema}.reference_marks (
  id uuid NOT NULL,
  marked_at timestamp with time zone DEFAULT now() NOT NULL,
  state text NOT NULL,
  CONSTRAINT reference_marks_pkey PRIMARY KEY (id),
  CONSTRAINT reference_marks_state_check CHECK ((state = ANY (ARRAY['HELD'::text, 'ABANDONED'::text])))
);

CREATE INDEX foreign_deletions_received_at_idx ON ${schema}.foreign_deletions USING btree (received_at);
CREATE UNIQUE INDEX orphan_findings_column_open_key ON ${schema}.orphan_findings USING btree (reference) WHERE ((resolved_at IS NULL) AND (row_id IS NULL));
CREATE INDEX orphan_findings_resolved_at_idx ON ${schema}.orphan_findings USING btree (resolved_at) WHERE (resolved_at IS NOT NULL);
CREATE UNIQUE INDEX orphan_findings_row_open_key ON ${schema}.orphan_findings USING btree (reference, row_id) WHERE ((resolved_at IS NULL) AND (row_id IS NOT NULL));
CREATE INDEX reference_marks_marked_at_idx ON ${schema}.reference_marks USING btree (marked_at);
