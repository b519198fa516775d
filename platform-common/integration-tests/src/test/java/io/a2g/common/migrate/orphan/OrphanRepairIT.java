package io.a2g.common.migrate.orphan;

import static io.a2g.common.migrate.orphan.OrphanedDatabase.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.a2g.common.migrate.orphan.RepairReport.Action;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The repair by the declared rule, as the services' own roles. */
class OrphanRepairIT {

  private static final PlatformSchema AGENTS = PlatformSchema.of("agents");
  private static final PlatformSchema TRACING = PlatformSchema.of("tracing");

  private static OrphanedDatabase database;

  @BeforeAll
  static void makeDatabase() {
    database = new OrphanedDatabase(TestDatabase.get().migrated("repairs"));
  }

  @BeforeEach
  void empty() throws SQLException {
    database.execute(
        "TRUNCATE users.users, agents.agents, chat.chat_sessions, tracing.trace_metadata, agents.orphan_findings, tracing.orphan_findings CASCADE");
  }

  @Test
  void dryRunSaysTheSameAndChangesNothing() throws SQLException {
    long agent = database.agent(NOBODY);
    database.confirm(AGENTS);
    String before = everything();

    RepairReport said = database.repair(AGENTS).repair(null, true);

    assertThat(said.dryRun()).isTrue();
    assertThat(said.repaired()).isEqualTo(1);
    assertThat(said.rows())
        .containsExactly(
            new RepairReport.Row(
                "agents.owner_id",
                agent,
                "" + NOBODY,
                OrphanKind.DANGLING,
                Action.SOFT_DELETE,
                null));
    assertThat(everything()).isEqualTo(before);

    RepairReport done = database.repair(AGENTS).repair(null, false);
    assertThat(done.rows()).isEqualTo(said.rows());
    assertThat(everything()).isNotEqualTo(before);
  }

  @Test
  void rowIsMarkedDeletedWithANewVersion() throws SQLException {
    long user = database.user();
    long right = database.agent(user);
    long dangling = database.agent(NOBODY);
    long other = database.user();
    long left = database.agent(other);
    database.execute("UPDATE users.users SET deleted_at = now() WHERE id = " + other);
    database.confirm(AGENTS);

    assertThat(database.repair(AGENTS).repair("agents.owner_id", false).repaired()).isEqualTo(2);

    assertThat(deletedAndVersion(dangling)).isEqualTo("true 1");
    assertThat(deletedAndVersion(left)).isEqualTo("true 1");
    assertThat(deletedAndVersion(right)).isEqualTo("false 0");
    assertThat(
            database.text(
                "SELECT string_agg(after ->> 'row_id', ',' ORDER BY id) FROM agents.audit_events WHERE action = 'orphan.repaired' AND user_agent = 'test'"))
        .endsWith(dangling + "," + left);
    assertThat(database.findings(AGENTS).list(null, false, Long.MAX_VALUE, 10))
        .extracting(OrphanFinding::resolution)
        .containsExactly("soft_deleted", "soft_deleted");
    assertThat(database.confirm(AGENTS)).allMatch(ReferenceScan::isClean);
  }

  @Test
  void columnIsEmptiedWhereTheRuleSaysSo() throws SQLException {
    long user = database.user();
    long agent = database.agent(user);
    long session = database.session(user, agent);
    long trace = database.trace(user, "" + NOBODY, "" + agent);
    long other = database.trace(user, "" + session, "" + NOBODY);
    database.confirm(TRACING);

    RepairReport one = database.repair(TRACING).repair("trace_metadata.session_id", false);
    assertThat(one.repaired()).isEqualTo(1);
    assertThat(references(trace)).isEqualTo("null %d 1".formatted(agent));
    assertThat(references(other)).isEqualTo("%d %d 0".formatted(session, NOBODY));

    assertThat(database.repair(TRACING).repair(null, false).rows())
        .extracting(RepairReport.Row::rowId, RepairReport.Row::action)
        .containsExactly(tuple(other, Action.SET_NULL));
    assertThat(references(other)).isEqualTo("%d null 1".formatted(session));
  }

  @Test
  void whatIsOnlySuspectedIsNotRepaired() throws SQLException {
    long agent = database.agent(NOBODY);
    OrphanedDatabase.look(database.scan(AGENTS, Duration.ofHours(1)));

    assertThat(database.repair(AGENTS).repair(null, false).rows()).isEmpty();
    assertThat(deletedAndVersion(agent)).isEqualTo("false 0");
  }

  @Test
  void rowThatWasCorrectedOrChangedMeanwhileIsLeftAlone() throws SQLException {
    long corrected = database.agent(NOBODY);
    long changed = database.agent(NOBODY);
    database.confirm(AGENTS);
    long user = database.user();
    database.execute(
        "UPDATE agents.agents SET owner_id = %d WHERE id = %d".formatted(user, corrected));
    database.execute("UPDATE agents.agents SET owner_id = 7 WHERE id = " + changed);

    RepairReport report = database.repair(AGENTS).repair(null, false);

    assertThat(report.repaired()).isZero();
    assertThat(report.rows())
        .extracting(RepairReport.Row::rowId, RepairReport.Row::action)
        .containsExactly(tuple(corrected, Action.RESOLVE), tuple(changed, Action.LEAVE));
    assertThat(deletedAndVersion(corrected)).isEqualTo("false 0");
    assertThat(deletedAndVersion(changed)).isEqualTo("false 0");
    assertThat(database.findings(AGENTS).counts()).singleElement().matches(c -> c.confirmed() == 1);
  }

  @Test
  void rowThatSomebodyHoldsIsLeftAndTheOthersAreRepaired() throws SQLException {
    database.execute(
        "ALTER ROLE agents_app IN DATABASE \"%s\" SET lock_timeout = '200ms'".formatted(name()));
    long held = database.agent(NOBODY);
    long free = database.agent(NOBODY);
    database.confirm(AGENTS);
    try (Connection writer = database.migrated().connect()) {
      writer.setAutoCommit(false);
      try (var statement = writer.createStatement()) {
        statement.execute("UPDATE agents.agents SET description = 'x' WHERE id = " + held);
      }

      assertThat(database.repair(AGENTS).repair(null, false).rows())
          .extracting(RepairReport.Row::rowId, RepairReport.Row::action, RepairReport.Row::reason)
          .containsExactly(
              tuple(held, Action.LEAVE, "the row is busy: try again"),
              tuple(free, Action.SOFT_DELETE, null));
      writer.rollback();
    }
    assertThat(database.repair(AGENTS).repair(null, false).repaired()).isEqualTo(1);
  }

  @Test
  void manyAreAllRepairedAndTheFirstHundredListed() throws SQLException {
    database.execute(
        "INSERT INTO agents.agents (owner_id, name, framework) SELECT %d, 'n' || n, 'ADK' FROM generate_series(1, 350) n"
            .formatted(NOBODY));
    database.confirm(AGENTS);

    RepairReport report = database.repair(AGENTS).repair(null, false);

    assertThat(report.repaired()).isEqualTo(350);
    assertThat(report.rows()).hasSize(RepairReport.LISTED);
    assertThat(database.text("SELECT count(*) FROM agents.agents WHERE deleted_at IS NULL"))
        .isEqualTo("0");
  }

  private static String name() throws SQLException {
    return database.text("SELECT current_database()");
  }

  private static String everything() throws SQLException {
    return database.text(
        "SELECT (SELECT string_agg(a::text, ';') FROM agents.agents a) || (SELECT string_agg(f::text, ';') FROM agents.orphan_findings f) || (SELECT count(*) FROM agents.audit_events)");
  }

  private static String deletedAndVersion(long agent) throws SQLException {
    return database.text(
        "SELECT (deleted_at IS NOT NULL) || ' ' || version FROM agents.agents WHERE id = " + agent);
  }

  private static String references(long trace) throws SQLException {
    return database.text(
        "SELECT concat_ws(' ', coalesce(session_id::text, 'null'), coalesce(agent_id::text, 'null'), version) FROM tracing.trace_metadata WHERE id = "
            + trace);
  }
}
