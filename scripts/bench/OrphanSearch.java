import io.a2g.common.database.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks through a whole database, as nobody but a superuser may. */
final class OrphanSearch {

  private OrphanSearch() {}

  /** Of every reference that the schemas declare: rows that point to nothing, and live ones that point to a deleted owner. */
  static Map<String, Long> find(DatabaseUrl url) throws Exception {
    Map<String, Long> found = new TreeMap<>();
    try (Connection database = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
        var declared = database.createStatement()) {
      for (String schema : List.of("agents", "chat", "tracing")) {
        var row = declared.executeQuery("SELECT table_name, column_name, target, on_delete FROM %s.declared_references".formatted(schema));
        while (row.next()) {
          String table = schema + "." + row.getString(1);
          String column = row.getString(2);
          String target = row.getString(3);
          found.put(
              "%s.%s, no target".formatted(table, column),
              count(database, "SELECT count(*) FROM %s c WHERE %s IS NOT NULL AND NOT EXISTS (SELECT FROM %s t WHERE t.id = c.%2$s)".formatted(table, column, target)));
          if (row.getString(4).equals("RESTRICT")) {
            found.put(
                "%s.%s, deleted target".formatted(table, column),
                count(database, "SELECT count(*) FROM %s c JOIN %s t ON t.id = c.%s WHERE c.deleted_at IS NULL AND t.deleted_at IS NOT NULL".formatted(table, target, column)));
          }
        }
      }
    }
    return found;
  }

  private static long count(Connection database, String sql) throws Exception {
    try (var statement = database.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
