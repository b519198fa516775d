package io.a2g.common.migrate.history;

import io.a2g.common.topology.Reference;
import io.a2g.common.topology.ServiceIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rows of {@code declared_references}, for functions of the schema and for tools that ask the
 * database: written after every migration from what the service declares.
 */
public final class ReferenceRows {

  private ReferenceRows() {}

  /** Writes them in the caller's transaction. */
  public static void write(Connection connection, ServiceIdentity service) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql(service));
    }
  }

  /**
   * A statement that leaves exactly the declared rows whose column exists; it does nothing in a
   * schema without the table, and changes no row that is right.
   */
  static String sql(ServiceIdentity service) {
    return """
    DO $a2g$
    BEGIN
      PERFORM %8$s;
      IF to_regclass('%1$s.declared_references') IS NOT NULL THEN
        WITH declared AS (
          SELECT r.* FROM unnest(%2$s::text[], %3$s::text[], %4$s::boolean[], %5$s::text[], %6$s::text[], %7$s::text[])
            AS r (table_name, column_name, nullable, target, on_delete, on_orphan)
          JOIN pg_attribute a ON a.attrelid = to_regclass(format('%1$s.%%I', r.table_name))
            AND a.attname = r.column_name AND NOT a.attisdropped
        ), removed AS (
          DELETE FROM %1$s.declared_references WHERE (table_name, column_name) NOT IN (SELECT table_name, column_name FROM declared)
        )
        INSERT INTO %1$s.declared_references AS d (table_name, column_name, nullable, target, on_delete, on_orphan)
          SELECT * FROM declared
          ON CONFLICT (table_name, column_name) DO UPDATE
            SET nullable = EXCLUDED.nullable, target = EXCLUDED.target,
                on_delete = EXCLUDED.on_delete, on_orphan = EXCLUDED.on_orphan
            WHERE (d.nullable, d.target, d.on_delete, d.on_orphan)
              IS DISTINCT FROM (EXCLUDED.nullable, EXCLUDED.target, EXCLUDED.on_delete, EXCLUDED.on_orphan);
      END IF;
    END $a2g$;
    """
        .formatted(
            service.schemaName(),
            array(service, Reference::table),
            array(service, Reference::column),
            array(service, Reference::nullable),
            array(service, reference -> reference.target().table()),
            array(service, Reference::onDelete),
            array(service, Reference::onOrphan),
            AfterMigrateScripts.lock(service.schemaName()));
  }

  private static String array(ServiceIdentity service, Function<Reference, Object> value) {
    return service.references().stream()
        .map(reference -> String.valueOf(value.apply(reference)))
        .collect(Collectors.joining(",", "'{", "}'"));
  }
}
