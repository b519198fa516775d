package io.a2g.common.migrate.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.migrate.log.ControlTables;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * No service reaches into another one's schema but by the functions published for it. Tables come
 * from the catalogue, so that those of later migrations are tried too.
 */
class SchemaIsolationIT {

  private static final String OURS =
      Stream.of(PlatformSchema.values())
          .map(PlatformSchema::schemaName)
          .collect(Collectors.joining("', '", "('", "')"));

  private static MigratedDatabase database;

  @BeforeAll
  static void migrate() {
    database = TestDatabase.get().migrated("isolation");
  }

  @Test
  void noServiceTouchesATableOfAnother() throws SQLException {
    List<List<String>> tables = tables();
    assertThat(tables).hasSizeGreaterThan(15);

    for (PlatformSchema intruder : PlatformSchema.values()) {
      assertThat(intrusions(intruder, tables)).isEmpty();
    }
  }

  @Test
  void privilegeThatSomebodyGrantedIsFound() throws SQLException {
    run("GRANT ALL ON users.api_keys TO agents_app");
    try {
      assertThat(intrusions(PlatformSchema.of("agents"), tables()))
          .containsExactly(
              "agents_app: SELECT users.api_keys",
              "agents_app: INSERT users.api_keys",
              "agents_app: UPDATE users.api_keys",
              "agents_app: DELETE users.api_keys",
              "agents_app: TRUNCATE users.api_keys",
              "agents_app: REFERENCES users.api_keys",
              "agents_app: TRIGGER users.api_keys");
    } finally {
      run("REVOKE ALL ON users.api_keys FROM agents_app");
    }
  }

  // As a handover by a release before left them.
  @Test
  void nextMigrateTakesBackRightsOnPartitionsAndOnTablesOfTheTool() throws SQLException {
    String granted =
        """
        SELECT DISTINCT c.relname FROM pg_class c, aclexplode(c.relacl) a
        WHERE c.relnamespace = 'admin'::regnamespace AND c.relkind = 'r' AND (c.relispartition OR c.relname LIKE 'migration\\_%')
          AND a.grantee = 'admin_app'::regrole AND a.privilege_type <> 'SELECT'
        """;
    run("SET ROLE admin_owner", ControlTables.definitions("admin"));
    List<List<String>> tables =
        rows(
            "SELECT relname FROM pg_class WHERE relnamespace = 'admin'::regnamespace AND relkind = 'r' AND (relispartition OR relname LIKE 'migration\\_%')");
    assertThat(tables).hasSizeGreaterThan(6);
    for (List<String> table : tables) {
      run(
          "GRANT SELECT, INSERT, UPDATE, DELETE ON admin.%s TO admin_app"
              .formatted(table.getFirst()));
    }
    assertThat(flat(granted)).hasSameSizeAs(tables);

    database.migrate(PlatformSchema.of("admin"));

    assertThat(flat(granted)).isEmpty();
  }

  @Test
  void noServiceDrawsFromASequenceOfAnother() throws SQLException {
    List<List<String>> sequences =
        rows(
            "SELECT schemaname, format('%I.%I', schemaname, sequencename) FROM pg_sequences WHERE schemaname IN "
                + OURS);
    assertThat(sequences).hasSizeGreaterThan(8);

    for (PlatformSchema intruder : PlatformSchema.values()) {
      try (var intrusions = new Intrusions(database, intruder)) {
        for (List<String> sequence : foreign(intruder, sequences)) {
          assertThat(intrusions.intoSequence(sequence.get(1))).isEmpty();
        }
      }
    }
  }

  @Test
  void functionsForOthersAreTheseAndNoMore() throws SQLException {
    List<String> callable =
        flat(
            """
            SELECT r.rolname || ': ' || p.oid::regprocedure FROM pg_proc p
            JOIN pg_namespace n ON n.oid = p.pronamespace, pg_roles r
            WHERE n.nspname IN %s AND r.rolname LIKE '%%\\_app' AND r.rolname <> n.nspname || '_app'
              AND has_schema_privilege(r.oid, n.oid, 'USAGE') AND has_function_privilege(r.oid, p.oid, 'EXECUTE')
            """
                .formatted(OURS));

    assertThat(callable).containsExactlyInAnyOrderElementsOf(PublishedFunctions.callable());
  }

  @Test
  void functionsWithTheirOwnersRightsAreClosedAndSafe() throws SQLException {
    assertThat(unsafeFunctions()).isEmpty();
    run(
        "CREATE FUNCTION users.careless() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
        "GRANT EXECUTE ON FUNCTION users.careless() TO PUBLIC");
    try {
      assertThat(unsafeFunctions())
          .containsExactly("users.careless(): search path", "users.careless(): PUBLIC");
    } finally {
      run("DROP FUNCTION users.careless()");
    }
  }

  private static List<String> unsafeFunctions() throws SQLException {
    return flat(
        """
        SELECT p.oid::regprocedure || ': search path' FROM pg_proc p
        WHERE p.prosecdef AND NOT coalesce(p.proconfig @> ARRAY['search_path=pg_catalog, pg_temp'], false)
        UNION ALL
        SELECT p.oid::regprocedure || ': PUBLIC' FROM pg_proc p
        WHERE p.prosecdef AND EXISTS (
          SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
          WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE')
        """);
  }

  private static List<String> intrusions(PlatformSchema intruder, List<List<String>> tables)
      throws SQLException {
    List<String> succeeded = new ArrayList<>();
    try (var intrusions = new Intrusions(database, intruder)) {
      for (List<String> table : foreign(intruder, tables)) {
        succeeded.addAll(intrusions.into(table.get(1), table.get(2)));
      }
    }
    return succeeded;
  }

  /** Schema, qualified name and first column of every table, view and partition. */
  private static List<List<String>> tables() throws SQLException {
    return rows(
        """
        SELECT n.nspname, c.oid::regclass::text,
               (SELECT quote_ident(a.attname) FROM pg_attribute a
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum LIMIT 1)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname IN %s AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 2
        """
            .formatted(OURS));
  }

  private static List<List<String>> foreign(PlatformSchema intruder, List<List<String>> objects) {
    return objects.stream()
        .filter(object -> !object.getFirst().equals(intruder.schemaName()))
        .toList();
  }

  private static void run(String... statements) throws SQLException {
    try (Connection connection = database.connect();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> flat(String sql) throws SQLException {
    return rows(sql).stream().map(List::getFirst).toList();
  }

  private static List<List<String>> rows(String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Connection connection = database.connect();
        var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          columns.add(row.getString(i));
        }
        rows.add(columns);
      }
    }
    return rows;
  }
}
