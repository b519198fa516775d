package io.a2g.common.migrate.seed;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.Target;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts a row into every empty table of a shadow database, so that migrations meet data: the rows of
 * {@code db/seed/<yyyyMMdd_HHmm>.sql} where there is such a file, else one that is made from the
 * catalogue and tried against the constraints.
 */
public final class SeedRows {

  private static final String TABLES =
      """
      SELECT c.oid, c.oid::regclass::text
      FROM pg_class c
      WHERE c.relnamespace = to_regnamespace(?) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND c.relname <> ALL ('{flyway_schema_history,migration_audit,migration_control,migration_backfill,declared_references}')
      ORDER BY c.oid
      """;

  // What has a default, an identity or an expression fills itself.
  private static final String COLUMNS =
      """
      SELECT quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), t.typcategory::text,
        NOT (a.attnotnull OR t.typnotnull),
        ARRAY(SELECT pg_get_expr(k.conbin, k.conrelid) FROM pg_constraint k
              WHERE k.conrelid = a.attrelid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum]),
        (SELECT format('(SELECT r.%I FROM %s r LIMIT 1)', f.attname, k.confrelid::regclass)
         FROM pg_constraint k JOIN pg_attribute f
           ON f.attrelid = k.confrelid AND f.attnum = k.confkey[array_position(k.conkey, a.attnum)]
         WHERE k.conrelid = a.attrelid AND k.contype = 'f' AND a.attnum = ANY (k.conkey) LIMIT 1)
      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
      WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
        AND NOT a.atthasdef AND a.attidentity = ''
      ORDER BY a.attnum
      """;

  private final Target target;

  /** For a shadow database. */
  public SeedRows(Target target) {
    this.target = target;
  }

  /**
   * Fills what is empty.
   *
   * @param version the version that the schema is at; its seed file is run first
   * @return the tables that stay empty, each with the reason
   */
  public List<String> fill(String version) {
    return target.on(connection -> {
      Sql sql = new Sql(connection);
      String file = "seed/" + version.replace('.', '_') + ".sql";
      String given = target.files().read(file).orElse("");
      if (!given.isBlank()) {
        sql.execute(given);
      }
      return fillEmpty(sql);
    });
  }

  /** How many rows each table has. */
  public SortedMap<String, Long> counts() {
    return target.on(connection -> {
      Sql sql = new Sql(connection);
      var counts = new TreeMap<String, Long>();
      for (Table table : tables(sql)) {
        counts.put(table.name(), count(sql, table));
      }
      return counts;
    });
  }

  // Parents first is found by trying: a table whose parent is still empty is tried again.
  private List<String> fillEmpty(Sql sql) throws SQLException {
    List<Table> open = tables(sql);
    Map<String, String> reasons = new LinkedHashMap<>();
    boolean progress = true;
    while (progress && !open.isEmpty()) {
      progress = false;
      for (Table table : List.copyOf(open)) {
        String reason = count(sql, table) > 0 ? "" : insert(sql, table);
        if (reason.isEmpty()) {
          open.remove(table);
          reasons.remove(table.name());
          progress = true;
        } else {
          reasons.put(table.name(), reason);
        }
      }
    }
    return reasons.entrySet().stream().map(r -> r.getKey() + ": " + r.getValue()).toList();
  }

  private static String insert(Sql sql, Table table) throws SQLException {
    List<SeedColumn> columns =
        sql.list(
            COLUMNS,
            row ->
                new SeedColumn(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getBoolean(4),
                    List.of((String[]) row.getArray(5).getArray()),
                    row.getString(6)),
            table.oid());
    String reason = tryInsert(sql, table, columns);
    return reason.isEmpty()
        ? reason
        : tryInsert(sql, table, columns.stream().filter(c -> !c.nullable()).toList());
  }

  private static String tryInsert(Sql sql, Table table, List<SeedColumn> columns) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (SeedColumn column : columns) {
      String value = fitting(sql, column);
      if (value.isEmpty() && !column.nullable()) {
        return "no value for %s %s fits its checks".formatted(column.name(), column.type());
      }
      if (!value.isEmpty()) {
        names.add(column.name());
        values.add(value);
      }
    }
    try {
      sql.execute(
          names.isEmpty()
              ? "INSERT INTO %s DEFAULT VALUES".formatted(table.name())
              : "INSERT INTO %s (%s) VALUES (%s)"
                  .formatted(table.name(), String.join(", ", names), String.join(", ", values)));
      return "";
    } catch (SQLException e) {
      return DatabaseFailures.oneLine(e);
    }
  }

  /** The first candidate that the column's checks like; empty when none does. */
  private static String fitting(Sql sql, SeedColumn column) {
    return column.candidates().stream()
        .filter(candidate -> fits(sql, column, candidate))
        .findFirst()
        .orElse("");
  }

  private static boolean fits(Sql sql, SeedColumn column, String candidate) {
    String checks = column.checks().isEmpty() ? "true" : String.join(" AND ", column.checks());
    try {
      return sql.isTrue(
          "SELECT (%s) IS NOT FALSE AND %s IS NOT NULL FROM (SELECT %s AS %s) AS candidate"
              .formatted(checks, column.name(), candidate, column.name()));
    } catch (SQLException e) {
      return false; // no value of this type
    }
  }

  private record Table(long oid, String name) {}

  private List<Table> tables(Sql sql) throws SQLException {
    return sql.list(TABLES, row -> new Table(row.getLong(1), row.getString(2)), target.schema());
  }

  private static long count(Sql sql, Table table) throws SQLException {
    return sql.number("SELECT count(*) FROM " + table.name());
  }
}
