package io.a2g.common.migrate.orphan;

import static io.a2g.common.migrate.orphan.OrphanedDatabase.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.TargetStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the scan finds, as the services' own roles, when references are broken in psql. */
class OrphanScanIT {

  private static final PlatformSchema AGENTS = PlatformSchema.of("agents");
  private static final PlatformSchema CHAT = PlatformSchema.of("chat");
  private static final PlatformSchema TRACING = PlatformSchema.of("tracing");

  private static final Duration LONG = Duration.ofHours(1);

  private static OrphanedDatabase database;

  @BeforeAll
  static void makeDatabase() {
    database = new OrphanedDatabase(TestDatabase.get().migrated("orphans"));
  }

  @BeforeEach
  void empty() throws SQLException {
    database.execute(
        """
        TRUNCATE users.users, agents.agents, chat.chat_sessions, chat.file_uploads, tracing.trace_metadata,
          agents.orphan_findings, chat.orphan_findings, tracing.orphan_findings,
          agents.orphan_audits, chat.orphan_audits, tracing.orphan_audits CASCADE
        """);
  }

  @Test
  void cleanDatabaseIsCleanAndSaysHowManyRowsItHas() throws SQLException {
    long user = database.user();
    long agent = database.agent(user);
    long session = database.session(user, agent);
    database.trace(user, "" + session, "NULL");

    assertThat(database.scan(AGENTS, LONG).look(null).orElseThrow())
        .containsExactly(new ReferenceScan("agents.owner_id", "users.users", 1, 0, 0, null));
    assertThat(database.scan(CHAT, LONG).look(null).orElseThrow())
        .hasSize(3)
        .allMatch(ReferenceScan::isClean);
    // NULL is no reference, so no row was looked at.
    assertThat(database.scan(TRACING, LONG).look(null).orElseThrow())
        .extracting(ReferenceScan::reference, ReferenceScan::rows, ReferenceScan::findings)
        .containsExactly(
            tuple("trace_metadata.agent_id", 0L, 0L), tuple("trace_metadata.session_id", 1L, 0L));
  }

  @Test
  void danglingAndDeletedTargetsAreSuspectedFirstAndConfirmedByASecondPass() throws SQLException {
    long user = database.user();
    long lost = database.agent(NOBODY);
    long left = database.agent(user);
    database.execute("UPDATE users.users SET deleted_at = now()");

    ReferenceScan first = database.scan(AGENTS, Duration.ZERO).look(null).orElseThrow().getFirst();
    assertThat(first.findings()).isEqualTo(2);
    assertThat(first.confirmed()).isZero();
    assertThat(database.findings(AGENTS).list(null, true, Long.MAX_VALUE, 10)).isEmpty();

    ReferenceScan second =
        database.scan(AGENTS, Duration.ZERO).lookAgain(null).orElseThrow().getFirst();
    assertThat(second.confirmed()).isEqualTo(2);
    assertThat(database.findings(AGENTS).list(null, true, Long.MAX_VALUE, 10))
        .extracting(OrphanFinding::rowId, OrphanFinding::targetId, OrphanFinding::kind)
        .containsExactlyInAnyOrder(
            tuple(lost, "" + NOBODY, OrphanKind.DANGLING),
            tuple(left, "" + user, OrphanKind.DELETED_TARGET));
  }

  @Test
  void secondPassTooSoonConfirmsNothing() throws SQLException {
    database.agent(NOBODY);
    OrphanScan scan = database.scan(AGENTS, LONG);
    OrphanedDatabase.look(scan);

    assertThat(scan.lookAgain(null).orElseThrow().getFirst().confirmed()).isZero();
    assertThat(scan.look(null).orElseThrow().getFirst().confirmed()).isZero();

    database.execute(
        "UPDATE agents.orphan_findings SET first_seen_at = first_seen_at - interval '61 min'");
    assertThat(scan.look(null).orElseThrow().getFirst().confirmed()).isEqualTo(1);
  }

  @Test
  void softDeletedTargetOfAKeepReferenceAndDeletedRowsAreNoFindings() throws SQLException {
    long user = database.user();
    database.session(user, database.agent(user));
    database.execute("UPDATE agents.agents SET deleted_at = now()");
    database.execute("UPDATE users.users SET deleted_at = now()");
    long gone = database.agent(NOBODY);
    database.execute("UPDATE agents.agents SET deleted_at = now() WHERE id = " + gone);

    assertThat(database.confirm(CHAT)).allMatch(ReferenceScan::isClean);
    assertThat(database.confirm(AGENTS)).allMatch(ReferenceScan::isClean);
  }

  @Test
  void findingThatIsNoLongerSeenIsResolvedByItself() throws SQLException {
    long user = database.user();
    long agent = database.agent(NOBODY);
    long suspected = database.agent(NOBODY);
    database.confirm(AGENTS);
    database.execute(
        "UPDATE agents.orphan_findings SET confirmed_at = NULL WHERE row_id = " + suspected);

    database.execute("UPDATE agents.agents SET owner_id = " + user);
    OrphanedDatabase.look(database.scan(AGENTS, LONG));

    assertThat(database.findings(AGENTS).list(null, false, Long.MAX_VALUE, 10))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.rowId()).isEqualTo(agent);
          assertThat(finding.resolution()).isEqualTo("gone");
          assertThat(finding.resolvedAt()).isNotNull();
        });
    assertThat(database.findings(AGENTS).counts()).isEmpty();
  }

  @Test
  void anotherWrongValueHasToBeSeenTwiceToo() throws SQLException {
    database.agent(NOBODY);
    database.confirm(AGENTS);

    database.execute("UPDATE agents.agents SET owner_id = owner_id + 1");
    ReferenceScan again = database.scan(AGENTS, LONG).look(null).orElseThrow().getFirst();

    assertThat(again.findings()).isEqualTo(1);
    assertThat(again.confirmed()).isZero();
  }

  @Test
  void everyPageOfAMillionWouldBeRead() throws SQLException {
    long user = database.user();
    database.execute(
        "INSERT INTO agents.agents (owner_id, name, framework) SELECT %d, 'n' || n, 'ADK' FROM generate_series(1, 2500) n"
            .formatted(user));
    long first = database.number("SELECT min(id) FROM agents.agents");
    for (long id : new long[] {first, first + 999, first + 1000, first + 1999, first + 2499}) {
      database.execute(
          "UPDATE agents.agents SET owner_id = %d WHERE id = %d".formatted(NOBODY, id));
    }

    ReferenceScan scan = OrphanedDatabase.of(database.confirm(AGENTS), "agents.owner_id");

    assertThat(scan.rows()).isEqualTo(2500);
    assertThat(scan.findings()).isEqualTo(5);
    assertThat(scan.confirmed()).isEqualTo(5);
  }

  @Test
  void findingsAreBoundedButAllAreCounted() throws SQLException {
    database.execute(
        "INSERT INTO agents.agents (owner_id, name, framework) SELECT %d, 'n' || n, 'ADK' FROM generate_series(1, 10500) n"
            .formatted(NOBODY));

    ReferenceScan scan = OrphanedDatabase.of(database.confirm(AGENTS), "agents.owner_id");

    assertThat(scan.findings()).isEqualTo(10_500);
    assertThat(scan.confirmed()).isEqualTo(FindingsTable.MAX_OPEN);
    assertThat(
            scan.after(database.scan(AGENTS, LONG).lookAgain(null).orElseThrow().getFirst())
                .findings())
        .isEqualTo(10_500);
  }

  @Test
  void columnThatIsTextNowIsAFindingAndSoIsEveryValueThatIsNoId() throws SQLException {
    OrphanedDatabase own = new OrphanedDatabase(TestDatabase.get().migrated("retyped"));
    long user = own.user();
    own.agent(user);
    long lost = own.agent(NOBODY);
    long named = own.agent(user);
    own.execute("DROP TRIGGER agents_change_owner ON agents.agents");
    own.execute("ALTER TABLE agents.agents ALTER COLUMN owner_id TYPE text USING owner_id::text");
    own.execute("UPDATE agents.agents SET owner_id = 'kim' WHERE id = " + named);

    ReferenceScan scan = OrphanedDatabase.of(own.confirm(AGENTS), "agents.owner_id");

    assertThat(scan.findings()).isEqualTo(3);
    assertThat(own.findings(AGENTS).list("agents.owner_id", true, Long.MAX_VALUE, 10))
        .extracting(OrphanFinding::rowId, OrphanFinding::targetId, OrphanFinding::kind)
        .containsExactlyInAnyOrder(
            tuple(null, null, OrphanKind.TYPE_CHANGED),
            tuple(lost, "" + NOBODY, OrphanKind.DANGLING),
            tuple(named, "kim", OrphanKind.TYPE_CHANGED));
    RepairReport repair = own.repair(AGENTS).repair(null, false);
    assertThat(repair.repaired()).isZero();
    assertThat(repair.left()).isEqualTo(3);
    assertThat(repair.rows())
        .allSatisfy(row -> assertThat(row.reason()).contains("a migration changes it back"));

    own.execute("ALTER TABLE agents.agents DROP COLUMN owner_id CASCADE");
    assertThat(OrphanedDatabase.of(own.confirm(AGENTS), "agents.owner_id").findings()).isEqualTo(1);
    assertThat(own.findings(AGENTS).list(null, true, Long.MAX_VALUE, 10))
        .extracting(OrphanFinding::rowId)
        .containsExactly((Long) null);
  }

  @Test
  void rowsThatCommitWithTheirTargetsDuringThePassAreNoFindings() throws SQLException {
    database.agent(NOBODY);
    AtomicLong late = new AtomicLong();
    // Between reading the rows and asking about their targets, which is when it hurts: the target
    // seen as missing is committed, the row with it, and the first orphan is corrected.
    Function<Connection, TargetStates> asking =
        connection ->
            (target, ids) -> {
              if (late.get() == 0) {
                run(() -> {
                  late.set(database.agent(database.user()));
                  database.execute(
                      "UPDATE agents.agents SET owner_id = (SELECT min(id) FROM users.users)");
                });
              }
              return new ConnectionTargetStates(connection).statesOf(target, ids);
            };
    var scan = new OrphanScan(database.source(AGENTS), "agents", asking, Duration.ZERO);

    assertThat(scan.look(null).orElseThrow().getFirst().findings()).isEqualTo(1);
    assertThat(scan.lookAgain(null).orElseThrow().getFirst().confirmed()).isZero();
    assertThat(database.findings(AGENTS).list(null, false, Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  void rowOfATransactionThatIsNotCommittedYetIsNeverSeen() throws SQLException {
    long user = database.user();
    try (Connection writer = database.migrated().connect(database.migrated().app(AGENTS))) {
      writer.setAutoCommit(false);
      try (var statement = writer.createStatement()) {
        statement.execute("SELECT users.pin_user(%d)".formatted(user));
        statement.execute(
            "INSERT INTO agents.agents (owner_id, name, framework) VALUES (%d, 'x', 'ADK')"
                .formatted(user));
      }
      assertThat(database.scan(AGENTS, Duration.ZERO).look(null).orElseThrow().getFirst().rows())
          .isZero();
      writer.commit();
    }
    ReferenceScan scan = OrphanedDatabase.of(database.confirm(AGENTS), "agents.owner_id");
    assertThat(scan.rows()).isEqualTo(1);
    assertThat(scan.isClean()).isTrue();
  }

  @Test
  void targetThatCannotBeAskedIsNotScannedAndNeverClean() throws SQLException {
    long agent = database.agent(NOBODY);
    database.confirm(AGENTS);
    database.execute("ALTER FUNCTION users.user_states(bigint[]) RENAME TO away");
    try {
      ReferenceScan scan = OrphanedDatabase.of(database.confirm(AGENTS), "agents.owner_id");
      assertThat(scan.isClean()).isFalse();
      assertThat(scan.notAudited())
          .isEqualTo("users.user_states is not there: migrate user-service");
    } finally {
      database.execute("ALTER FUNCTION users.away(bigint[]) RENAME TO user_states");
    }
    // What was known stays known.
    assertThat(database.findings(AGENTS).list(null, true, Long.MAX_VALUE, 10))
        .extracting(OrphanFinding::rowId)
        .containsExactly(agent);

    database.execute("REVOKE EXECUTE ON FUNCTION users.user_states(bigint[]) FROM agents_app");
    try {
      assertThat(OrphanedDatabase.of(database.confirm(AGENTS), "agents.owner_id").notAudited())
          .startsWith("no right to call users.user_states");
    } finally {
      database.execute("GRANT EXECUTE ON FUNCTION users.user_states(bigint[]) TO agents_app");
    }
  }

  @Test
  void onlyACompleteScanCounts() throws SQLException {
    database.agent(NOBODY);
    OrphanScan scan = database.scan(AGENTS, LONG);
    assertThat(scan.isDue(LONG)).isTrue();
    OrphanedDatabase.look(scan);
    assertThat(scan.isDue(LONG)).isFalse();
    assertThat(scan.isDue(Duration.ofMillis(1))).isTrue();
    var complete = database.findings(AGENTS).lastScans().getFirst();
    assertThat(complete.completedAt()).isNotNull();

    Function<Connection, TargetStates> silent =
        connection ->
            (target, ids) -> {
              throw new TargetStates.NotAnswered(
                  "user-service cannot answer now.", new IllegalStateException());
            };
    OrphanedDatabase.look(new OrphanScan(database.source(AGENTS), "agents", silent, LONG));

    var last = database.findings(AGENTS).lastScans().getFirst();
    assertThat(last.notAudited()).isEqualTo("user-service cannot answer now.");
    assertThat(last.completedAt()).isEqualTo(complete.completedAt());
  }

  @Test
  void oneOfSeveralReplicasWorks() throws SQLException {
    try (ScanLock _ = ScanLock.take(database.source(AGENTS), "agents").orElseThrow()) {
      assertThat(database.scan(AGENTS, LONG).look(null)).isEmpty();
      assertThat(database.scan(CHAT, LONG).look(null)).isPresent();
    }
    assertThat(database.scan(AGENTS, LONG).look(null)).isPresent();
  }

  @Test
  void findingsArePagedAndFiltered() throws SQLException {
    long user = database.user();
    database.session(user, NOBODY);
    database.session(NOBODY, database.agent(user));
    database.session(NOBODY, NOBODY);
    database.confirm(CHAT);

    List<OrphanFinding> all = database.findings(CHAT).list(null, true, Long.MAX_VALUE, 10);
    assertThat(all).hasSize(4);
    assertThat(database.findings(CHAT).list(null, true, all.get(1).id(), 1))
        .containsExactly(all.get(2));
    assertThat(database.findings(CHAT).list("chat_sessions.agent_id", true, Long.MAX_VALUE, 10))
        .hasSize(2);
    assertThat(database.findings(CHAT).counts())
        .extracting(OrphanFindings.Count::reference, OrphanFindings.Count::confirmed)
        .containsExactlyInAnyOrder(
            tuple("chat_sessions.agent_id", 2L), tuple("chat_sessions.user_id", 2L));
  }

  @FunctionalInterface
  private interface Change {
    void make() throws SQLException;
  }

  private static void run(Change change) {
    try {
      change.make();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
