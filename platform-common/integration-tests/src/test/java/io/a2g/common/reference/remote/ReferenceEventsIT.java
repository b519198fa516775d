package io.a2g.common.reference.remote;

import static io.a2g.common.topology.PlatformSchema.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a2g.common.migrate.orphan.ConnectionSource;
import io.a2g.common.migrate.orphan.OrphanRepair;
import io.a2g.common.migrate.orphan.OrphanScan;
import io.a2g.common.migrate.orphan.ReferenceScan;
import io.a2g.common.peer.PeerUnavailable;
import io.a2g.common.peer.Peers;
import io.a2g.common.reference.ReferenceNotFound;
import io.a2g.common.reference.remote.Protocol.Event;
import io.a2g.common.reference.remote.Protocol.EventKind;
import io.a2g.common.testkit.peer.FaultProxy.Fault;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import io.a2g.common.topology.TargetStates;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deletions are told to holders in other databases: at least once, and in whatever order. */
@Timeout(60) // of a test that hangs, so that it is named
class ReferenceEventsIT {

  private static final PlatformSchema AGENTS = PlatformSchema.of("agents");
  private static final PlatformSchema CHAT = PlatformSchema.of("chat");

  private static World world;

  @BeforeAll
  static void start() throws Exception {
    world =
        World.apart(
            Map.of(
                "platform.references.sweep-interval",
                "PT1H",
                "platform.references.announce-interval",
                "PT1H"));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void targetKnownAsDeletedIsRefusedWithoutAsking() {
    long user = world.user();
    world.deleteUser(user);
    announce();
    world.before(USERS).down();
    try {
      assertThatExceptionOfType(ReferenceNotFound.class).isThrownBy(() -> world.agent(user));
    } finally {
      world.before(USERS).up();
    }
    assertThat(known(user)).isEqualTo("DELETED");
  }

  @Test
  void restoredTargetIsAskedAboutAgain() {
    long user = world.user();
    world.deleteUser(user);
    announce();
    world.restoreUser(user);
    announce();

    assertThat(world.agent(user)).isPositive();
    assertThat(known(user)).isEqualTo("RESTORED");
  }

  @Test
  void changeByHandAndRemovalAreToldToo() throws Exception {
    long user = world.user();
    world.run(USERS, "UPDATE users.users SET deleted_at = now() WHERE id = " + user);
    world.run(USERS, "DELETE FROM users.users WHERE id = " + user);

    announce();

    assertThat(known(user)).isEqualTo("PURGED");
  }

  @Test
  void orderAndRepetitionChangeNothing() {
    long user = world.user();
    Event deleted = event(1, user, EventKind.DELETED);
    Event restored = event(2, user, EventKind.RESTORED);

    tell(restored);
    tell(deleted);
    tell(restored, deleted, restored);

    assertThat(known(user)).isEqualTo("RESTORED");
    assertThat(world.agent(user)).isPositive();

    tell(event(4, user, EventKind.PURGED), event(3, user, EventKind.DELETED));
    assertThat(known(user)).isEqualTo("PURGED");
  }

  @Test
  void subscriberThatWasDownIsToldWhenItIsBack() {
    long first = world.user();
    long second = world.user();
    world
        .before(AGENTS)
        .breakWith(path -> path.equals(Protocol.EVENTS) ? Fault.REQUEST_LOST : Fault.NONE);
    world.deleteUser(first);
    announce();
    world.deleteUser(second);
    // It was down for a day, as far as the outbox can tell; what it has not been told stays.
    world.update(
        USERS, "UPDATE users.reference_events SET occurred_at = occurred_at - interval '1 day'");
    world.node(USERS).bean(Outbox.class).removeOld();
    announce();
    assertThat(known(first)).isEmpty();
    assertThat(failures()).isPositive();
    // The other subscriber is not kept waiting.
    assertThat(
            world.id(
                CHAT, "SELECT count(*) FROM chat.foreign_deletions WHERE target_id = " + second))
        .isEqualTo(1);

    world.before(AGENTS).heal();
    while (known(second).isEmpty()) {
      world.update(USERS, "UPDATE users.reference_subscriptions SET next_attempt_at = now()");
      announce();
    }

    assertThat(known(first)).isEqualTo("DELETED");
    assertThat(failures()).isZero();
  }

  @Test
  void lostAnswerMeansTheSameEventsAgain() {
    long user = world.user();
    world.deleteUser(user);
    world.before(AGENTS).breakWith(path -> Fault.ANSWER_LOST);
    announce();
    world.before(AGENTS).heal();
    while (failures() > 0) {
      world.update(USERS, "UPDATE users.reference_subscriptions SET next_attempt_at = now()");
      announce();
    }

    assertThat(known(user)).isEqualTo("DELETED");
  }

  @Test
  void eventThatIsCommittedAfterALaterOneIsNotLost() throws Exception {
    long slow = world.user();
    long quick = world.user();
    try (Connection connection = world.database(USERS).connect()) {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute("UPDATE users.users SET deleted_at = now() WHERE id = " + slow);
        world.deleteUser(quick);
        announce();
        assertThat(known(quick)).isEqualTo("DELETED");
      }
      connection.commit();
    }

    announce();

    assertThat(known(slow)).isEqualTo("DELETED");
  }

  @Test
  void deletionThatIsRolledBackIsNotTold() throws Exception {
    long user = world.user();
    try (Connection connection = world.database(USERS).connect()) {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute("UPDATE users.users SET deleted_at = now() WHERE id = " + user);
      }
      connection.rollback();
    }

    announce();

    assertThat(known(user)).isEmpty();
  }

  @Test
  void oldEventsGoWhenEverybodyWasTold() throws Exception {
    long user = world.user();
    world.deleteUser(user);
    world.run(
        USERS,
        "UPDATE users.reference_events SET occurred_at = now() - interval '31 days' WHERE target_id = "
            + user);
    Outbox outbox = world.node(USERS).bean(Outbox.class);
    outbox.removeOld();
    assertThat(eventsOf(user)).as("nobody was told yet").isEqualTo(1);

    announce();
    outbox.removeOld();

    assertThat(eventsOf(user)).isZero();
  }

  /** What is said about it in docs/operations.md. */
  @Test
  void schemaRestoredFromYesterdayIsFoundByTheAuditAndAgreesAgain() throws Exception {
    long deletedSince = world.user();
    world.run(USERS, YESTERDAY);
    world.deleteUser(deletedSince);
    announce();
    long madeSince = world.user();
    long agent = world.agent(madeSince);

    world.run(USERS, RESTORE);

    // The agent's owner is gone, and nobody who comes later gets that number.
    assertThat(world.user()).isGreaterThan(madeSince);
    assertThat(scan()).filteredOn(one -> one.findings() > 0).hasSize(1);
    assertThat(scan()).anyMatch(one -> one.confirmed() == 1);
    repair();
    assertThat(
            world.id(
                AGENTS,
                "SELECT count(*) FROM agents.agents WHERE deleted_at IS NULL AND id = " + agent))
        .isZero();
    assertThat(scan()).allMatch(one -> one.findings() == 0);

    // Who was deleted since is there again; holders that know better have to forget it.
    assertThatExceptionOfType(ReferenceNotFound.class).isThrownBy(() -> world.agent(deletedSince));
    world.update(AGENTS, "DELETE FROM agents.foreign_deletions WHERE target = 'users.users'");
    long kept = world.agent(deletedSince);
    world.deleteAgent(kept);

    // Events go on with numbers that nobody has seen.
    world.deleteUser(deletedSince);
    announce();
    assertThat(known(deletedSince)).isEqualTo("DELETED");
  }

  private static final String YESTERDAY =
      """
      CREATE SCHEMA yesterday;
      CREATE TABLE yesterday.users AS TABLE users.users;
      CREATE TABLE yesterday.reference_events AS TABLE users.reference_events;
      CREATE TABLE yesterday.reference_subscriptions AS TABLE users.reference_subscriptions;
      CREATE TABLE yesterday.reference_reservations AS TABLE users.reference_reservations;
      """;

  // As Restore does it: rows as they were, numbers ten million later.
  private static final String RESTORE =
      """
      BEGIN;
      SET LOCAL session_replication_role = replica;
      DELETE FROM users.users;
      DELETE FROM users.reference_events;
      DELETE FROM users.reference_subscriptions;
      DELETE FROM users.reference_reservations;
      INSERT INTO users.users OVERRIDING SYSTEM VALUE SELECT * FROM yesterday.users;
      INSERT INTO users.reference_events OVERRIDING SYSTEM VALUE SELECT * FROM yesterday.reference_events;
      INSERT INTO users.reference_subscriptions SELECT * FROM yesterday.reference_subscriptions;
      INSERT INTO users.reference_reservations SELECT * FROM yesterday.reference_reservations;
      SELECT setval(format('users.%I', sequencename), last_value + 10000000)
      FROM pg_sequences WHERE schemaname = 'users' AND last_value IS NOT NULL;
      COMMIT;
      """;

  private static List<ReferenceScan> scan() throws Exception {
    return new OrphanScan(agents(), "agents", ReferenceEventsIT::states, Duration.ZERO)
        .look(null)
        .orElseThrow();
  }

  private static void repair() throws Exception {
    new OrphanRepair(
            agents(), "agents", ReferenceEventsIT::states, (connection, finding, row) -> {})
        .repair(null, false);
  }

  private static ConnectionSource agents() {
    return world.node(AGENTS).bean(DataSource.class)::getConnection;
  }

  private static TargetStates states(Connection agents) {
    return world.node(AGENTS).bean(TargetStates.class);
  }

  private static void announce() {
    try {
      world.node(USERS).bean(Announcer.class).announce();
    } catch (PeerUnavailable e) {
      throw new AssertionError("a silent subscriber stops nobody", e);
    }
  }

  private static Event event(long id, long user, EventKind kind) {
    return new Event(id, ReferenceTarget.USER, user, kind, Instant.EPOCH);
  }

  private static void tell(Event... events) {
    world
        .node(USERS)
        .bean(Peers.class)
        .remote(AGENTS)
        .post(Protocol.EVENTS, new Protocol.Events(List.of(events)), Protocol.Done.class);
  }

  private static long failures() {
    return world.id(
        USERS, "SELECT failures FROM users.reference_subscriptions WHERE subscriber = 'agents'");
  }

  private static long eventsOf(long user) {
    return world.id(USERS, "SELECT count(*) FROM users.reference_events WHERE target_id = " + user);
  }

  private static String known(long user) {
    return world
        .node(AGENTS)
        .sql()
        .sql(
            "SELECT kind FROM agents.foreign_deletions WHERE target = 'users.users' AND target_id = ?")
        .param(user)
        .query(String.class)
        .optional()
        .orElse("");
  }
}
