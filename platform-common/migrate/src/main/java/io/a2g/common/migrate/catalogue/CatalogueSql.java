package io.a2g.common.migrate.catalogue;

/**
 * The one query. It works on PostgreSQL 15 and newer; in 18 NOT NULL constraints are rows of
 * pg_constraint too, and are left to the columns.
 */
final class CatalogueSql {

  // The relations, functions and types that belong to the schema's own structure.
  private static final String MEMBERS =
      """
      WITH RECURSIVE ns AS (SELECT oid FROM pg_namespace WHERE nspname = ?),
      tool (pattern) AS (VALUES
        ('^(flyway_schema_history|migration_audit|migration_control|migration_backfill)(_|$)')),
      extended AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e'),
      by_time (oid) AS (
        SELECT i.inhrelid
        FROM pg_class parent
        JOIN pg_partitioned_table p ON p.partrelid = parent.oid AND p.partstrat = 'r'
        JOIN pg_attribute a ON a.attrelid = parent.oid AND a.attnum = p.partattrs[0]
          AND a.atttypid IN ('date'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype)
        JOIN pg_inherits i ON i.inhparent = parent.oid AND i.inhrelid <> p.partdefid
        WHERE parent.relnamespace = (SELECT oid FROM ns)
        UNION
        SELECT i.inhrelid FROM pg_inherits i JOIN by_time t ON t.oid = i.inhparent
      ),
      rel AS MATERIALIZED (
        SELECT c.* FROM pg_class c
        WHERE c.relnamespace = (SELECT oid FROM ns) AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
          AND c.relname !~ (SELECT pattern FROM tool)
          AND c.oid NOT IN (SELECT oid FROM by_time)
          AND c.oid NOT IN (SELECT objid FROM extended WHERE classid = 'pg_class'::regclass)
      ),
      con AS MATERIALIZED (
        SELECT c.*, rel.relname FROM pg_constraint c JOIN rel ON rel.oid = c.conrelid
        WHERE c.contype IN ('p', 'u', 'c', 'f', 'x') AND c.conparentid = 0
      ),
      idx AS MATERIALIZED (
        SELECT i.*, c.relname AS index_name, rel.relname
        FROM pg_index i
        JOIN rel ON rel.oid = i.indrelid
        JOIN pg_class c ON c.oid = i.indexrelid AND NOT c.relispartition
        WHERE NOT EXISTS (SELECT FROM pg_constraint k
                          WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
      ),
      trg AS MATERIALIZED (
        SELECT t.*, rel.relname FROM pg_trigger t JOIN rel ON rel.oid = t.tgrelid
        WHERE NOT t.tgisinternal AND t.tgparentid = 0
      ),
      fun AS MATERIALIZED (
        SELECT p.*, p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS signature
        FROM pg_proc p
        WHERE p.pronamespace = (SELECT oid FROM ns)
          AND p.proname !~ (SELECT pattern FROM tool)
          AND p.oid NOT IN (SELECT objid FROM extended WHERE classid = 'pg_proc'::regclass)
      ),
      typ AS MATERIALIZED (
        SELECT t.* FROM pg_type t
        WHERE t.typnamespace = (SELECT oid FROM ns)
          AND (t.typtype IN ('e', 'd', 'r')
               OR t.typtype = 'c' AND EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
          AND t.oid NOT IN (SELECT objid FROM extended WHERE classid = 'pg_type'::regclass)
      ),
      seq AS MATERIALIZED (
        SELECT s.*, c.relname, d.deptype, d.refobjid, d.refobjsubid
        FROM pg_class c
        JOIN pg_sequence s ON s.seqrelid = c.oid
        LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid
          AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
        WHERE c.relnamespace = (SELECT oid FROM ns) AND c.relname !~ (SELECT pattern FROM tool)
          AND (d.refobjid IS NULL OR d.refobjid IN (SELECT oid FROM rel))
      )
      """;

  private static final String TABLES =
      """
      SELECT 'TABLE' AS kind, ''::text AS owner, c.relname::text AS name,
        CASE c.relpersistence WHEN 'u' THEN 'unlogged ' ELSE '' END
        || CASE c.relkind WHEN 'p' THEN 'partitioned table by ' || pg_get_partkeydef(c.oid)
                          WHEN 'f' THEN 'foreign table' ELSE 'table' END
        || coalesce((SELECT CASE WHEN c.relispartition THEN ' partition of ' ELSE ' inherits ' END
                       || string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno)
                     FROM pg_inherits i WHERE i.inhrelid = c.oid), '')
        || coalesce(' ' || pg_get_expr(c.relpartbound, c.oid), '')
        -- Tuning of autovacuum is an operator's, not the schema's.
        || coalesce((SELECT ' with (' || string_agg(o, ', ' ORDER BY o) || ')'
                     FROM unnest(c.reloptions) o WHERE o !~ '^autovacuum'), '')
        || CASE WHEN c.relrowsecurity THEN ' row security' ELSE '' END
        || CASE WHEN c.relforcerowsecurity THEN ' forced' ELSE '' END
        || CASE c.relreplident WHEN 'd' THEN '' ELSE ' replica identity ' || c.relreplident::text END
        AS definition
      FROM rel c WHERE c.relkind IN ('r', 'p', 'f')
      UNION ALL
      SELECT 'VIEW', '', c.relname,
        CASE c.relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END
        || coalesce(' with (' || array_to_string(c.reloptions, ', ') || ')', '')
        || E' as\\n' || pg_get_viewdef(c.oid)
      FROM rel c WHERE c.relkind IN ('v', 'm')
      """;

  // Three parts on lines of their own: type; value; NOT NULL. Together they follow ADD COLUMN.
  private static final String COLUMNS =
      """
      UNION ALL
      SELECT 'COLUMN', rel.relname, a.attname,
        format_type(a.atttypid, a.atttypmod)
        || coalesce((SELECT ' COLLATE ' || quote_ident(n.nspname) || '.' || quote_ident(k.collname)
                     FROM pg_collation k JOIN pg_namespace n ON n.oid = k.collnamespace
                     WHERE k.oid = a.attcollation AND a.attcollation <> t.typcollation), '')
        || CASE
             WHEN a.attidentity <> '' THEN
               E'\\nGENERATED ' || CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END || ' AS IDENTITY'
               || coalesce((SELECT ' (START WITH ' || s.seqstart || ' INCREMENT BY ' || s.seqincrement || ')'
                            FROM seq s
                            WHERE s.refobjid = a.attrelid AND s.refobjsubid = a.attnum AND s.deptype = 'i'
                              AND (s.seqstart, s.seqincrement) <> (1, 1)), '')
             WHEN a.attgenerated <> '' THEN
               E'\\nGENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') '
               || CASE a.attgenerated WHEN 's' THEN 'STORED' ELSE 'VIRTUAL' END
             WHEN d.adbin IS NOT NULL THEN E'\\nDEFAULT ' || pg_get_expr(d.adbin, d.adrelid)
             ELSE ''
           END
        || CASE WHEN a.attnotnull THEN E'\\nNOT NULL' ELSE '' END
        || CASE WHEN EXISTS (SELECT FROM pg_constraint n
                             WHERE n.conrelid = a.attrelid AND n.contype = 'n'
                               AND n.conkey = ARRAY[a.attnum] AND NOT n.convalidated)
                THEN ' NOT VALID' ELSE '' END
      FROM rel
      JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE rel.relkind IN ('r', 'p', 'f')
      UNION ALL
      SELECT 'STORAGE', rel.relname, a.attname,
        CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END
        || CASE a.attcompression WHEN 'l' THEN ' COMPRESSION lz4' WHEN 'p' THEN ' COMPRESSION pglz' ELSE '' END
      FROM rel
      JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_type t ON t.oid = a.atttypid
      WHERE rel.relkind IN ('r', 'p') AND (a.attstorage <> t.typstorage OR a.attcompression <> '')
      """;

  private static final String PARTS =
      """
      UNION ALL
      SELECT CASE contype WHEN 'p' THEN 'PRIMARY_KEY' WHEN 'u' THEN 'UNIQUE' WHEN 'c' THEN 'CHECK'
                          WHEN 'f' THEN 'FOREIGN_KEY' ELSE 'EXCLUSION' END,
        relname, conname, pg_get_constraintdef(oid)
      FROM con
      UNION ALL
      SELECT 'INDEX', relname, index_name,
        pg_get_indexdef(indexrelid) || CASE WHEN indisvalid AND indisready THEN '' ELSE ' INVALID' END
      FROM idx
      UNION ALL
      SELECT 'TRIGGER', relname, tgname,
        pg_get_triggerdef(oid)
        || CASE tgenabled WHEN 'O' THEN '' WHEN 'D' THEN ' DISABLED' WHEN 'R' THEN ' REPLICA' ELSE ' ALWAYS' END
      FROM trg
      UNION ALL
      SELECT 'POLICY', rel.relname, p.polname,
        CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END || ' for ' || p.polcmd::text
        || coalesce(' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
        || coalesce(' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
      FROM pg_policy p JOIN rel ON rel.oid = p.polrelid
      UNION ALL
      SELECT 'RULE', rel.relname, r.rulename, pg_get_ruledef(r.oid)
      FROM pg_rewrite r JOIN rel ON rel.oid = r.ev_class WHERE r.rulename <> '_RETURN'
      UNION ALL
      SELECT 'STATISTICS', rel.relname, s.stxname, pg_get_statisticsobjdef(s.oid)
      FROM pg_statistic_ext s JOIN rel ON rel.oid = s.stxrelid
      """;

  private static final String STANDING_ALONE =
      """
      UNION ALL
      SELECT 'FUNCTION', '', signature,
        CASE prokind WHEN 'a' THEN 'aggregate of ' || pg_get_function_result(oid)
                     ELSE pg_get_functiondef(oid) END
      FROM fun
      UNION ALL
      SELECT 'SEQUENCE', '', relname,
        'AS ' || format_type(seqtypid, NULL) || ' START WITH ' || seqstart || ' INCREMENT BY ' || seqincrement
        || ' MINVALUE ' || seqmin || ' MAXVALUE ' || seqmax || ' CACHE ' || seqcache
        || CASE WHEN seqcycle THEN ' CYCLE' ELSE '' END
        || coalesce(' OWNED BY ' || refobjid::regclass
                    || (SELECT '.' || quote_ident(attname) FROM pg_attribute
                        WHERE attrelid = refobjid AND attnum = refobjsubid), '')
      FROM seq WHERE deptype IS DISTINCT FROM 'i'
      UNION ALL
      SELECT 'TYPE', '', t.typname,
        CASE t.typtype
          WHEN 'e' THEN (SELECT 'ENUM (' || string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) || ')'
                         FROM pg_enum e WHERE e.enumtypid = t.oid)
          WHEN 'd' THEN 'DOMAIN ' || format_type(t.typbasetype, t.typtypmod)
                        || coalesce(' DEFAULT ' || t.typdefault, '')
                        || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
                        || coalesce((SELECT string_agg(' CONSTRAINT ' || quote_ident(c.conname) || ' '
                                                       || pg_get_constraintdef(c.oid), '' ORDER BY c.conname)
                                     FROM pg_constraint c WHERE c.contypid = t.oid AND c.contype = 'c'), '')
          WHEN 'r' THEN (SELECT 'RANGE (' || format_type(r.rngsubtype, NULL) || ')'
                         FROM pg_range r WHERE r.rngtypid = t.oid)
          ELSE (SELECT '(' || string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod),
                                         ', ' ORDER BY a.attnum) || ')'
                FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)
        END
      FROM typ t
      """;

  private static final String COMMENTS =
      """
      UNION ALL
      SELECT 'COMMENT', o.owner, o.name, d.description
      FROM (
        SELECT 'pg_class'::regclass AS class, oid, 0 AS part, relname AS owner, 'table ' || relname AS name FROM rel
        UNION ALL
        SELECT 'pg_class'::regclass, rel.oid, a.attnum, relname, 'column ' || relname || '.' || attname
        FROM rel JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum > 0 AND NOT a.attisdropped
        UNION ALL SELECT 'pg_class'::regclass, indexrelid, 0, relname, 'index ' || index_name FROM idx
        UNION ALL SELECT 'pg_class'::regclass, seqrelid, 0, '', 'sequence ' || relname FROM seq
        UNION ALL SELECT 'pg_constraint'::regclass, oid, 0, relname, 'constraint ' || relname || '.' || conname FROM con
        UNION ALL SELECT 'pg_trigger'::regclass, oid, 0, relname, 'trigger ' || relname || '.' || tgname FROM trg
        UNION ALL SELECT 'pg_proc'::regclass, oid, 0, '', 'function ' || signature FROM fun
        UNION ALL SELECT 'pg_type'::regclass, oid, 0, '', 'type ' || typname FROM typ
      ) o
      JOIN pg_description d ON d.classoid = o.class AND d.objoid = o.oid AND d.objsubid = o.part
      """;

  /** Rows of kind, owner (a table, or empty), name and definition; its parameter is the schema. */
  static final String OBJECTS = MEMBERS + TABLES + COLUMNS + PARTS + STANDING_ALONE + COMMENTS;

  private CatalogueSql() {}
}
