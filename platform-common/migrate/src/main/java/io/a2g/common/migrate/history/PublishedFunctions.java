package io.a2g.common.migrate.history;

import static io.a2g.common.database.Sql.literal;

import io.a2g.common.migrate.Target;
import io.a2g.common.topology.PlatformSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * What a schema gives the other services that are installed beside it: the functions that their
 * roles may execute. It is their only way in, so an undo that takes one away breaks them. Where the
 * platform has no roles, or a service has a database of its own, nothing of it can be seen.
 */
final class PublishedFunctions {

  private PublishedFunctions() {}

  /** The query that finds them, without parameters: {@code function}, {@code caller}. */
  static String query(Target target) {
    List<String> callers = new ArrayList<>();
    for (PlatformSchema schema : PlatformSchema.values()) {
      if (!schema.schemaName().equals(target.schema())) {
        for (String role : List.of(schema.appRole(), schema.migratorRole())) {
          callers.add("(%s, %s)".formatted(literal(role), literal(schema.schemaName())));
        }
      }
    }
    // A schema without a table of its own has nothing that could need a function.
    return """
    SELECT DISTINCT format('%%s.%%s(%%s)', n.nspname, p.proname,
        pg_get_function_identity_arguments(p.oid)) AS function, caller.schema AS caller
      FROM pg_proc p
      JOIN pg_namespace n ON n.oid = p.pronamespace
      CROSS JOIN LATERAL aclexplode(p.proacl) a
      JOIN pg_roles r ON r.oid = a.grantee
      JOIN (VALUES %s) AS caller(role, schema) ON caller.role = r.rolname
      WHERE n.nspname = %s AND EXISTS (
        SELECT FROM pg_class c JOIN pg_namespace cn ON cn.oid = c.relnamespace
        WHERE cn.nspname = caller.schema AND c.relkind IN ('r', 'p') AND c.relname NOT IN %s)\
    """
        .formatted(String.join(", ", callers), literal(target.schema()), ScriptSql.toolTables());
  }
}
