package io.a2g.common.migrate.history;

import static io.a2g.common.database.Sql.literal;

import io.a2g.common.migrate.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * An undo that is refused when it takes away rows, or functions that other services were given.
 * What it takes is found by doing it: when that is something, it is rolled back, the rows are
 * counted in the schema as it was, and only then it is done again. All of it is one statement, so
 * that the tool can run it and a script of psql can contain it.
 */
final class GuardedUndo {

  /** SQLSTATE of its refusals. */
  static final String REFUSED = "A2G02";

  private GuardedUndo() {}

  /** The statement; the file's text alone when the options give up all that it looks for. */
  static String of(Target target, UndoOptions options, String version, String text) {
    List<String> kinds = new ArrayList<>();
    if (!options.allowDataLoss()) {
      kinds.add("SELECT jsonb_build_array('table', relname) FROM pg_class WHERE " + ours(target));
      kinds.add(
          """
          SELECT jsonb_build_array('value', relname, attname) FROM pg_class
            JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
            WHERE %s\
          """
              .formatted(ours(target)));
    }
    if (!options.force()) {
      kinds.add(
          "SELECT jsonb_build_array('function', function, caller) FROM (%s) published"
              .formatted(PublishedFunctions.query(target)));
    }
    return kinds.isEmpty()
        ? ScriptSql.file(text)
        : statement(target.schema(), version, text, String.join("\n  UNION ALL ", kinds));
  }

  private static String ours(Target target) {
    return "relnamespace = '%s'::regnamespace AND relkind IN ('r', 'p') AND relname NOT IN %s"
        .formatted(target.schema(), ScriptSql.toolTables());
  }

  // A column of a table that goes is not counted beside it.
  private static String statement(String schema, String version, String text, String parts) {
    String undo = unusedTag(text, "undo");
    String outer = unusedTag(text, "a2g");
    return """
    DO %1$s
    DECLARE
      undo text := %2$s
    %3$s
    %2$s;
      existing jsonb[] := ARRAY(%4$s);
      gone jsonb[];
      part jsonb;
      lost bigint;
      losses text[] := '{}';
      taken text[] := '{}';
    BEGIN
      EXECUTE undo;
      gone := ARRAY(SELECT unnest(existing) EXCEPT (%4$s) ORDER BY 1);
      IF gone <> '{}' THEN
        RAISE EXCEPTION USING ERRCODE = 'A2G01';
      END IF;
    EXCEPTION WHEN SQLSTATE 'A2G01' THEN
      -- It is rolled back; refused when rows would be lost, else done for good.
      FOREACH part IN ARRAY gone LOOP
        IF part->>0 = 'table' THEN
          EXECUTE format('SELECT count(*) FROM %%I.%%I', %5$s, part->>1) INTO lost;
          IF lost > 0 THEN losses := losses || format('%%s rows of %%s', lost, part->>1); END IF;
        ELSIF part->>0 = 'function' THEN
          taken := taken || format('%%s from %%s', part->>1, part->>2);
        ELSIF jsonb_build_array('table', part->>1) <> ALL (gone) THEN
          EXECUTE format('SELECT count(%%I) FROM %%I.%%I', part->>2, %5$s, part->>1) INTO lost;
          IF lost > 0 THEN losses := losses || format('%%s values of %%s.%%s', lost, part->>1, part->>2); END IF;
        END IF;
      END LOOP;
      IF losses <> '{}' THEN
        RAISE EXCEPTION USING ERRCODE = '%7$s', MESSAGE = format('the undo of %%s would lose %%s: take a backup, then run downgrade with --allow-data-loss', %6$s, array_to_string(losses, ', '));
      END IF;
      IF taken <> '{}' THEN
        RAISE EXCEPTION USING ERRCODE = '%7$s', MESSAGE = format('the undo of %%s takes %%s, whose services are installed here: undo what uses it there first, or run downgrade with --force when no release that runs here calls it', %6$s, array_to_string(taken, ', '));
      END IF;
      EXECUTE undo;
    END %1$s;
    """
        .formatted(outer, undo, text.strip(), parts, literal(schema), literal(version), REFUSED);
  }

  private static String unusedTag(String text, String name) {
    return text.contains("$" + name + "$") ? unusedTag(text, name + "_") : "$" + name + "$";
  }
}
