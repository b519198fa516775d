package io.a2g.common.migrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.cli.ToolOnDatabase.Outcome;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code migrate orphans}, as the migrator and as a superuser. */
class OrphansCommandIT {

  private static MigratedDatabase database;

  @BeforeAll
  static void makeDatabase() {
    database = TestDatabase.get().migrated("orphans_tool");
  }

  @BeforeEach
  void empty() throws SQLException {
    execute(
        "TRUNCATE users.users, agents.agents, tracing.trace_metadata, agents.orphan_findings, tracing.orphan_findings CASCADE");
  }

  @Test
  void cleanSchemaEndsWithZero() throws SQLException {
    execute("INSERT INTO users.users (username, role) VALUES ('kim', 'USER')");
    execute(
        "INSERT INTO agents.agents (owner_id, name, framework) SELECT id, 'a', 'ADK' FROM users.users");

    Outcome outcome = tool(PlatformSchema.of("agents"), "orphans");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("agents.agents.owner_id → users.users: clean (1 rows)");
    assertThat(tool(PlatformSchema.of("tracing"), "orphans").code()).isZero();
    assertThat(tool(PlatformSchema.of("chat"), "orphans").code()).isZero();
    Outcome users = tool(PlatformSchema.USERS, "orphans");
    assertThat(users.code()).isZero();
    assertThat(users.out()).contains("users: refers to no other schema");
  }

  @Test
  void orphanIsFoundByTheMigratorAndByASuperuserAndRepairedByTheRule() throws SQLException {
    execute("INSERT INTO agents.agents (owner_id, name, framework) VALUES (77, 'a', 'ADK')");

    Outcome found = tool(PlatformSchema.of("agents"), "orphans", "--confirm-after", "0", "--json");
    assertThat(found.code()).as(found.err()).isEqualTo(ExitCode.DIFFERENT.code());
    JsonNode reference = found.json().path("references").path(0);
    assertThat(reference.path("findings").asInt()).isEqualTo(1);
    assertThat(reference.path("confirmed").asInt()).isEqualTo(1);
    assertThat(found.json().path("clean").asBoolean()).isFalse();

    Outcome said =
        run(
            database.superuser(),
            PlatformSchema.of("agents"),
            "orphans",
            "--confirm-after",
            "0",
            "--repair",
            "--dry-run");
    assertThat(said.code()).isEqualTo(ExitCode.DIFFERENT.code());
    assertThat(said.out()).contains("would repair 1", "SOFT_DELETE");
    assertThat(text("SELECT deleted_at FROM agents.agents")).isEqualTo("null");

    Outcome done =
        tool(
            PlatformSchema.of("agents"),
            "orphans",
            "--confirm-after",
            "0",
            "--repair",
            "--reference",
            "agents.owner_id");
    assertThat(done.code()).as(done.out()).isZero();
    assertThat(done.out()).contains("repaired 1", "clean");
    assertThat(text("SELECT deleted_at IS NOT NULL FROM agents.agents")).isEqualTo("t");
    assertThat(text("SELECT user_agent FROM agents.audit_events WHERE action = 'orphan.repaired'"))
        .isEqualTo("migrate orphans by tester");
  }

  @Test
  void columnOfATraceIsEmptied() throws SQLException {
    execute(
        "INSERT INTO tracing.trace_metadata (trace_id, user_id, session_id, started_at) VALUES (repeat('a', 32), 1, 77, now())");

    Outcome done =
        tool(PlatformSchema.of("tracing"), "orphans", "--confirm-after", "0", "--repair", "--json");

    assertThat(done.code()).as(done.out()).isZero();
    assertThat(done.json().path("repair").path("rows").path(0).path("action").asString())
        .isEqualTo("SET_NULL");
    assertThat(done.json().path("repair").path("rows").path(0).path("kind").asString())
        .isEqualTo("dangling");
    assertThat(done.json().path("references").path(1).path("clean").asBoolean()).isTrue();
    assertThat(text("SELECT session_id FROM tracing.trace_metadata")).isEqualTo("null");
  }

  @Test
  void referenceThatCannotBeAskedIsNotClean() throws SQLException {
    execute("INSERT INTO agents.agents (owner_id, name, framework) VALUES (77, 'a', 'ADK')");
    execute("REVOKE USAGE ON SCHEMA users FROM agents_migrator");
    try {
      Outcome outcome = tool(PlatformSchema.of("agents"), "orphans");
      assertThat(outcome.code()).isEqualTo(ExitCode.DIFFERENT.code());
      assertThat(outcome.out())
          .contains("not scanned: no right to call users.user_states: run create-schemas");
    } finally {
      execute("GRANT USAGE ON SCHEMA users TO agents_migrator");
    }
  }

  @Test
  void badUsageIsNamed() {
    assertThat(tool(PlatformSchema.of("agents"), "orphans", "--dry-run").code())
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(tool(PlatformSchema.of("agents"), "orphans", "--confirm-after", "-1").code())
        .isEqualTo(ExitCode.USAGE.code());
    Outcome unknown = tool(PlatformSchema.of("agents"), "orphans", "--reference", "agents.nothing");
    assertThat(unknown.code()).isEqualTo(ExitCode.REFUSED.code());
    assertThat(unknown.err()).contains("there are: agents.owner_id");
  }

  @Test
  void schemaWithoutTheTablesIsToldToUpgrade() throws SQLException {
    execute("ALTER TABLE agents.orphan_findings RENAME TO away");
    try {
      Outcome outcome = tool(PlatformSchema.of("agents"), "orphans");
      assertThat(outcome.code()).isEqualTo(ExitCode.REFUSED.code());
      assertThat(outcome.err()).contains("upgrade head");
    } finally {
      execute("ALTER TABLE agents.away RENAME TO orphan_findings");
    }
  }

  @Test
  void migratorsMayAskForStatesInOtherSchemasAndNothingElse() throws SQLException {
    assertThat(
            text(
                """
                SELECT string_agg(r.rolname || ' ' || p.oid::regprocedure, ', ' ORDER BY r.rolname, p.oid::regprocedure::text)
                FROM pg_roles r, pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                WHERE r.rolname ~ '^[a-z]+_migrator$' AND n.nspname !~ '^(pg_|information_schema$|public$)'
                  AND r.rolname <> n.nspname || '_migrator'
                  AND has_schema_privilege(r.rolname, n.oid, 'USAGE')
                  AND has_function_privilege(r.rolname, p.oid, 'EXECUTE')
                """))
        .isEqualTo(
            "agents_migrator users.user_states(bigint[]), chat_migrator agents.agent_states(bigint[]), "
                + "chat_migrator users.user_states(bigint[]), tracing_migrator agents.agent_states(bigint[]), "
                + "tracing_migrator chat.session_states(bigint[])");
  }

  private static Outcome tool(PlatformSchema schema, String... arguments) {
    return run(database.migrator(schema), schema, arguments);
  }

  private static Outcome run(DatabaseUrl url, PlatformSchema schema, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", url.uri()));
    int code =
        MigrateTool.run(
            MigratedDatabase.service(schema),
            Map.of("A2G_ACTOR", "tester"),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            all.toArray(String[]::new));
    return new Outcome(code, out.toString(), err.toString());
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String text(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return Objects.toString(row.getString(1));
    }
  }
}
