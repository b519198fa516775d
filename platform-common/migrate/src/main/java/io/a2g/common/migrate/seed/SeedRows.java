package io.a2g.common.migrate.seed;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.Target;
import java.sql.Connection;
import java.sql.ResultSet;
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
  public List<String> fill(String version) throws SQLException {
    try (Connection connection = target.connect()) {
      String file = "seed/" + version.replace('.', '_') + ".sql";
      String given = target.files().read(file).orElse("");
      if (!given.isBlank()) {
        execute(connection, given);
      }
      return fillEmpty(connection);
    }
  }

  /** How many rows each table has. */
  public SortedMap<String, Long> counts() throws SQLException {
    try (Connection connection = target.connect()) {
      var counts = new TreeMap<String, Long>();
      for (String table : tables(connection).values()) {
        counts.put(table, count(connection, table));
      }
      return counts;
    }
  }

  // Parents first is found by trying: a table whose parent is still empty is tried again.
  private List<String> fillEmpty(Connection connection) throws SQLException {
    Map<Long, String> open = tables(connection);
    Map<String, String> reasons = new LinkedHashMap<>();
    boolean progress = true;
    while (progress && !open.isEmpty()) {
      progress = false;
      for (var table : List.copyOf(open.entrySet())) {
        String reason =
            count(connection, table.getValue()) > 0
                ? ""
                : insert(connection, table.getKey(), table.getValue());
        if (reason.isEmpty()) {
          open.remove(table.getKey());
          reasons.remove(table.getValue());
          progress = true;
        } else {
          reasons.put(table.getValue(), reason);
        }
      }
    }
    return reasons.entrySet().stream().map(r -> r.getKey() + ": " + r.getValue()).toList();
  }

  private static String insert(Connection connection, long oid, String table) throws SQLException {
    List<SeedColumn> columns = columns(connection, oid);
    String reason = tryInsert(connection, table, columns);
    return reason.isEmpty()
        ? reason
        : tryInsert(connection, table, columns.stream().filter(c -> !c.nullable()).toList());
  }

  private static String tryInsert(Connection connection, String table, List<SeedColumn> columns) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (SeedColumn column : columns) {
      String value = fitting(connection, column);
      if (value.isEmpty() && !column.nullable()) {
        return "no value for %s %s fits its checks".formatted(column.name(), column.type());
      }
      if (!value.isEmpty()) {
        names.add(column.name());
        values.add(value);
      }
    }
    try {
      execute(
          connection,
          names.isEmpty()
              ? "INSERT INTO %s DEFAULT VALUES".formatted(table)
              : "INSERT INTO %s (%s) VALUES (%s)"
                  .formatted(table, String.join(", ", names), String.join(", ", values)));
      return "";
    } catch (SQLException e) {
      return DatabaseFailures.oneLine(e);
    }
  }

  /** The first candidate that the column's checks like; empty when none does. */
  private static String fitting(Connection connection, SeedColumn column) {
    return column.candidates().stream()
        .filter(candidate -> fits(connection, column, candidate))
        .findFirst()
        .orElse("");
  }

  private static boolean fits(Connection connection, SeedColumn column, String candidate) {
    String checks = column.checks().isEmpty() ? "true" : String.join(" AND ", column.checks());
    String sql =
        "SELECT (%s) IS NOT FALSE AND %s IS NOT NULL FROM (SELECT %s AS %s) AS candidate"
            .formatted(checks, column.name(), candidate, column.name());
    try (var statement = connection.createStatement();
        ResultSet fits = statement.executeQuery(sql)) {
      return fits.next() && fits.getBoolean(1);
    } catch (SQLException e) {
      return false; // no value of this type
    }
  }

  private static List<SeedColumn> columns(Connection connection, long oid) throws SQLException {
    List<SeedColumn> columns = new ArrayList<>();
    try (var statement = connection.prepareStatement(COLUMNS)) {
      statement.setLong(1, oid);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          columns.add(
              new SeedColumn(
                  row.getString(1),
                  row.getString(2),
                  row.getString(3),
                  row.getBoolean(4),
                  List.of((String[]) row.getArray(5).getArray()),
                  row.getString(6)));
        }
      }
    }
    return columns;
  }

  private Map<Long, String> tables(Connection connection) throws SQLException {
    Map<Long, String> tables = new LinkedHashMap<>();
    try (var statement = connection.prepareStatement(TABLES)) {
      statement.setString(1, target.schema());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          tables.put(row.getLong(1), row.getString(2));
        }
      }
    }
    return tables;
  }

  private static long count(Connection connection, String table) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
