package io.a2g.common.migrate.history;

import static io.a2g.common.migrate.history.ScriptSql.literal;

import io.a2g.common.migrate.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * The look for what an undo takes away, for a script of psql that nobody watches: it is done,
 * compared with what was there before, and rolled back; then the rows that would be lost are
 * counted. The same as {@link Undo} does. Lists wait in variables of psql, because a rollback would
 * take back everything else, and a migrator need not have the right to make temporary tables.
 */
final class ScriptedRehearsal {

  private ScriptedRehearsal() {}

  /**
   * What stands before an undo in its transaction; empty when the order gives up what it looks for.
   *
   * @param file the undo's statements, ended
   */
  static String of(Target target, UndoOptions order, String version, String file) {
    List<String> kinds = new ArrayList<>();
    if (!order.allowDataLoss()) {
      kinds.add(tables(target));
      kinds.add(columns(target));
    }
    if (!order.force()) {
      kinds.add(
          "SELECT jsonb_build_array('function', function, caller) FROM (%s) published"
              .formatted(PublishedFunctions.query(target)));
    }
    if (kinds.isEmpty()) {
      return "";
    }
    String parts = String.join("\n  UNION ALL ", kinds);
    return """
    -- First only to see what it takes: rolled back, and refused when rows would be lost.
    %1$s AS a2g_before \\gset
    SAVEPOINT a2g_rehearsal;
    %2$s%1$s AS a2g_after \\gset
    ROLLBACK TO SAVEPOINT a2g_rehearsal;
    SELECT set_config('a2g.before', :'a2g_before', true) AS a2g_before,
      set_config('a2g.after', :'a2g_after', true) AS a2g_after \\gset
    %3$s-- Now for good.
    """
        .formatted(
            "SELECT (SELECT coalesce(jsonb_agg(part), '[]') FROM (\n  %s) parts(part))"
                .formatted(parts),
            file,
            refusal(target.schema(), version));
  }

  private static String tables(Target target) {
    return "SELECT jsonb_build_array('table', relname) FROM pg_class WHERE " + ours(target);
  }

  private static String columns(Target target) {
    return """
    SELECT jsonb_build_array('value', relname, attname) FROM pg_class
      JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
      WHERE %s\
    """
        .formatted(ours(target));
  }

  private static String ours(Target target) {
    return "relnamespace = '%s'::regnamespace AND relkind IN ('r', 'p') AND relname NOT IN %s"
        .formatted(target.schema(), ScriptSql.toolTables());
  }

  // A column of a table that goes is not counted beside it.
  private static String refusal(String schema, String version) {
    return """
    DO $a2g$
    DECLARE
      gone jsonb[] := ARRAY(
        SELECT jsonb_array_elements(current_setting('a2g.before')::jsonb)
        EXCEPT SELECT jsonb_array_elements(current_setting('a2g.after')::jsonb) ORDER BY 1);
      part jsonb;
      lost bigint;
      losses text[] := '{}';
      taken text[] := '{}';
    BEGIN
      FOREACH part IN ARRAY gone LOOP
        IF part->>0 = 'table' THEN
          EXECUTE format('SELECT count(*) FROM %%I.%%I', %1$s, part->>1) INTO lost;
          IF lost > 0 THEN losses := losses || format('%%s rows of %%s', lost, part->>1); END IF;
        ELSIF part->>0 = 'function' THEN
          taken := taken || format('%%s from %%s', part->>1, part->>2);
        ELSIF jsonb_build_array('table', part->>1) <> ALL (gone) THEN
          EXECUTE format('SELECT count(%%I) FROM %%I.%%I', part->>2, %1$s, part->>1) INTO lost;
          IF lost > 0 THEN losses := losses || format('%%s values of %%s.%%s', lost, part->>1, part->>2); END IF;
        END IF;
      END LOOP;
      IF losses <> '{}' THEN
        RAISE EXCEPTION USING MESSAGE = format('the undo of %%s would lose %%s: take a backup, then make the script with --allow-data-loss', %2$s, array_to_string(losses, ', '));
      END IF;
      IF taken <> '{}' THEN
        RAISE EXCEPTION USING MESSAGE = format('the undo of %%s takes %%s, whose services are installed here: undo what uses it there first, or make the script with --force', %2$s, array_to_string(taken, ', '));
      END IF;
    END $a2g$;
    """
        .formatted(literal(schema), literal(version));
  }
}
