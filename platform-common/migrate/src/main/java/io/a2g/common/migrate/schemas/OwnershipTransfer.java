package io.a2g.common.migrate.schemas;

import io.a2g.common.database.Sql;
import io.a2g.common.topology.PlatformSchema;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * Hands a schema and what is in it to its owner role, and gives the app role its rights on it: for
 * schemas that were made for a single user, or restored by one. What already belongs to the owner
 * is left alone, because a migration may have taken rights away on purpose.
 */
final class OwnershipTransfer {

  /**
   * One row of statements per object of another owner. Left out is what follows another object:
   * indexes, the sequences and row types of tables, parts of extensions.
   */
  private static final String STATEMENTS =
      """
      WITH target AS (
        SELECT n.oid AS schema, r.oid AS owner
        FROM pg_namespace n, pg_roles r WHERE n.nspname = ? AND r.rolname = ?
      ), object AS (
        SELECT c.oid::regclass::text AS name, 'pg_class'::regclass AS catalog, c.oid AS id, c.relowner AS owner,
               CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE'
                              WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind,
               -- Partitions are used through their parent, and only the tool writes what it keeps.
               CASE WHEN c.relispartition THEN ''
                    WHEN c.relname IN ('flyway_schema_history', 'migration_audit', 'migration_control', 'migration_backfill') THEN 'SELECT'
                    ELSE 'SELECT, INSERT, UPDATE, DELETE' END AS rights
        FROM pg_class c JOIN target t ON c.relnamespace = t.schema
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
        UNION ALL
        SELECT p.oid::regprocedure::text, 'pg_proc'::regclass, p.oid, p.proowner, 'ROUTINE', ''
        FROM pg_proc p JOIN target t ON p.pronamespace = t.schema
        UNION ALL
        SELECT y.oid::regtype::text, 'pg_type'::regclass, y.oid, y.typowner,
               CASE y.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, ''
        FROM pg_type y JOIN target t ON y.typnamespace = t.schema LEFT JOIN pg_class c ON c.oid = y.typrelid
        WHERE y.typtype IN ('e', 'd', 'r') OR c.relkind = 'c'
      )
      SELECT format('ALTER %s %s OWNER TO %I;', kind, name, ?::text) ||
             format(CASE kind WHEN 'SEQUENCE' THEN 'GRANT USAGE ON SEQUENCE %1$s TO %2$I'
                              WHEN 'ROUTINE' THEN 'REVOKE EXECUTE ON ROUTINE %1$s FROM PUBLIC;'
                                                  'GRANT EXECUTE ON ROUTINE %1$s TO %2$I'
                              ELSE CASE rights WHEN '' THEN '' ELSE 'GRANT %3$s ON TABLE %1$s TO %2$I' END END,
                    name, ?::text, rights)
      FROM object JOIN target t ON object.owner <> t.owner
      WHERE NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = catalog AND d.objid = id
                          AND (d.deptype = 'e' OR (kind = 'SEQUENCE' AND d.deptype IN ('a', 'i'))))
      ORDER BY kind, name
      """;

  private final Sql sql;
  private final Consumer<String> made;

  OwnershipTransfer(Sql sql, Consumer<String> made) {
    this.sql = sql;
    this.made = made;
  }

  void of(PlatformSchema schema) throws SQLException {
    String name = schema.schemaName();
    String owner = schema.ownerRole();
    var statements = sql.texts(STATEMENTS, name, owner, owner, schema.appRole());
    boolean foreignSchema =
        !owner.equals(
            sql.text("SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = ?", name));
    if (foreignSchema) {
      sql.execute("ALTER SCHEMA %s OWNER TO %s".formatted(name, owner));
    }
    for (String statement : statements) {
      sql.execute(statement);
    }
    if (foreignSchema || !statements.isEmpty()) {
      made.accept(
          "schema %s and %d objects in it belong to %s now"
              .formatted(name, statements.size(), owner));
    }
  }
}
