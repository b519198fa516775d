package io.a2g.common.reference.remote;

import static io.a2g.common.topology.PlatformSchema.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.error.RetryLater;
import io.a2g.common.peer.PeerClient;
import io.a2g.common.peer.PeerUnavailable;
import io.a2g.common.peer.Peers;
import io.a2g.common.reference.StillReferenced;
import io.a2g.common.testkit.peer.FaultProxy.Fault;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every way in which a call between two services can go wrong, and that it leaves no orphan. */
@Timeout(60) // of a test that hangs, so that it is named
class HttpReferenceFaultsIT {

  private static final PlatformSchema AGENTS = PlatformSchema.of("agents");

  private static World world;

  @BeforeAll
  static void start() throws Exception {
    // What is done in the background is done by the tests themselves.
    world =
        World.apart(
            Map.of(
                "platform.references.reservation-age", "PT0S",
                "platform.references.sweep-interval", "PT1H",
                "platform.references.announce-interval", "PT1H"));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @AfterEach
  void heal() {
    World.SCHEMAS.forEach(schema -> world.before(schema).heal());
    awaitAnswer(AGENTS, USERS);
    awaitAnswer(USERS, AGENTS);
  }

  @Test
  void ownerWhoseAnswersAreStuckMeansRetryLaterAndTheReservationIsGivenUp() {
    long user = world.user();
    world.before(USERS).breakWith(only(Protocol.RESERVE, Fault.STUCK));

    assertThatExceptionOfType(PeerUnavailable.class)
        .isThrownBy(() -> world.agent(user))
        .satisfies(refusal -> assertThat(refusal.type()).isEqualTo(ProblemType.UNAVAILABLE));

    world.before(USERS).heal();
    assertThat(agentsOf(user)).isZero();
    assertThat(reservationsOf(user)).as("its effect came all the same").isPositive();
    world.node(USERS).bean(Settlement.class).ofOlder(Duration.ZERO);
    assertThat(reservationsOf(user)).isZero();
    world.deleteUser(user);
  }

  @Test
  void answerThatIsLostAfterTheCommitIsAskedForAgain() {
    long user = world.user();
    world.before(USERS).breakWith(first(Protocol.RESERVE, Fault.ANSWER_LOST));

    world.agent(user);

    assertThat(agentsOf(user)).isEqualTo(1);
    assertThat(reservationsOf(user)).isEqualTo(1);
    assertThatExceptionOfType(StillReferenced.class).isThrownBy(() -> world.deleteUser(user));
  }

  @Test
  void callThatArrivesTwiceCountsOnce() {
    long user = world.user();
    World.SCHEMAS.forEach(schema -> world.before(schema).breakWith(path -> Fault.TWICE));

    world.agent(user);
    assertThat(reservationsOf(user)).isEqualTo(1);
    long heir = world.user();
    world.deleteUser(user, heir, () -> {});

    assertThat(agentsOf(heir)).isEqualTo(1);
    assertThat(agentsOf(user)).isZero();
  }

  @Test
  void pausedTransactionCannotUseAReservationThatWasSettled() {
    long user = world.user();
    UUID reservation = reserve(user);

    // The transaction that reserved is paused, for whatever time; the deletion does not wait.
    world.deleteUser(user);

    assertThatExceptionOfType(RetryLater.class)
        .isThrownBy(() -> hold(reservation))
        .satisfies(refusal -> assertThat(refusal.type()).isEqualTo(ProblemType.UNAVAILABLE));
  }

  @Test
  void reservationThatArrivesAfterItWasSettledChangesNothing() {
    long user = world.user();
    UUID reservation = reserve(user);
    world.node(USERS).bean(Settlement.class).ofOlder(Duration.ZERO);

    call(AGENTS, USERS, Protocol.RESERVE, reserveOf(reservation, user), Protocol.Reserved.class);

    assertThat(reservationsOf(user)).isEqualTo(1);
    assertThatExceptionOfType(RetryLater.class).isThrownBy(() -> hold(reservation));
    world.deleteUser(user);
  }

  @Test
  void transactionThatTakesTooLongToWaitForMeansNothingIsDeletedAndLaterItsRowIsSeen()
      throws Exception {
    long user = world.user();
    var stored = new CountDownLatch(1);
    var commit = new CountDownLatch(1);
    var row =
        CompletableFuture.supplyAsync(
            () ->
                world.agent(
                    user,
                    "long" + user,
                    () -> {
                      stored.countDown();
                      ReferenceContract.await(commit);
                    }),
            ReferenceContract.EACH_ITS_THREAD);
    stored.await();

    assertThatExceptionOfType(RetryLater.class).isThrownBy(() -> world.deleteUser(user));
    // Whatever the clock says about its age.
    world.run(
        USERS, "UPDATE users.reference_reservations SET reserved_at = now() - interval '1 year'");
    world.node(USERS).bean(Settlement.class).ofOlder(Duration.ZERO);
    assertThat(reservationsOf(user)).isEqualTo(1);
    world.run(
        USERS, "UPDATE users.reference_reservations SET reserved_at = now() + interval '1 year'");
    commit.countDown();

    assertThat(row.join()).isPositive();
    assertThatExceptionOfType(StillReferenced.class).isThrownBy(() -> world.deleteUser(user));
  }

  @Test
  void holderThatCannotBeAskedKeepsItsReservationsAndTheirTargets() {
    long user = world.user();
    reserve(user);
    world.before(AGENTS).breakWith(path -> Fault.REQUEST_LOST);

    assertThatExceptionOfType(PeerUnavailable.class).isThrownBy(() -> world.deleteUser(user));
    world.node(USERS).bean(Settlement.class).ofOlder(Duration.ZERO);

    assertThat(reservationsOf(user)).isEqualTo(1);
    world.before(AGENTS).heal();
    awaitAnswer(USERS, AGENTS);
    world.deleteUser(user);
  }

  @Test
  void handOverWhoseAnswerIsLostIsDoneOnce() {
    long user = world.user();
    long heir = world.user();
    world.agent(user);
    world.before(AGENTS).breakWith(first(Protocol.HAND_OVER, Fault.ANSWER_LOST));

    world.deleteUser(user, heir, () -> {});

    assertThat(agentsOf(heir)).isEqualTo(1);
  }

  @Test
  void handOverThatArrivesWhenItsTargetIsGoneIsRefused() {
    long user = world.user();
    long heir = world.user();
    world.agent(user);
    UUID reservation = reserve(heir);
    world.deleteUser(heir);

    assertThatExceptionOfType(PeerUnavailable.class)
        .isThrownBy(() ->
            call(
                USERS,
                AGENTS,
                Protocol.HAND_OVER,
                new Protocol.HandOver(reservation, ReferenceTarget.USER, user, heir),
                Protocol.HandedOver.class));

    assertThat(agentsOf(heir)).isZero();
    assertThat(agentsOf(user)).isEqualTo(1);
  }

  @Test
  void handOverToWhoHasTheSameNameNamesTheField() {
    long user = world.user();
    long heir = world.user();
    world.agent(user, "same", () -> {});
    world.agent(heir, "same", () -> {});

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> world.deleteUser(user, heir, () -> {}))
        .satisfies(refusal -> {
          assertThat(refusal.type()).isEqualTo(ProblemType.ALREADY_EXISTS);
          assertThat(refusal.errors().getFirst().field()).isEqualTo("transfer_to");
        });
    assertThat(agentsOf(user)).isEqualTo(1);
  }

  @Test
  void wrongServiceBehindAUrlIsNotMistakenForTheOwner() {
    long user = world.user();
    world.before(USERS).forwardTo(world.node(AGENTS).uri());
    try {
      assertThatThrownBy(() -> world.agent(user)).isInstanceOf(RuntimeException.class);
    } finally {
      world.before(USERS).forwardTo(world.node(USERS).uri());
    }
    assertThat(agentsOf(user)).isZero();
  }

  // The peer is asked again only after a pause when several calls failed in a row.
  private static void awaitAnswer(PlatformSchema from, PlatformSchema to) {
    while (true) {
      try {
        call(
            from,
            to,
            Protocol.STATES,
            new Protocol.Rows(
                to == USERS ? ReferenceTarget.USER : ReferenceTarget.of("agent"), List.of()),
            Protocol.States.class);
        return;
      } catch (PeerUnavailable e) {
        Thread.onSpinWait();
      }
    }
  }

  private static UUID reserve(long user) {
    UUID reservation = UUID.randomUUID();
    var answer =
        call(
            AGENTS, USERS, Protocol.RESERVE, reserveOf(reservation, user), Protocol.Reserved.class);
    assertThat(answer.missing()).isEmpty();
    return reservation;
  }

  private static Protocol.Reserve reserveOf(UUID reservation, long user) {
    return new Protocol.Reserve(
        reservation, AGENTS, List.of(ReferenceTarget.USER.pin("owner_id", user)));
  }

  private static void hold(UUID reservation) {
    world
        .node(AGENTS)
        .inTransaction(() -> {
          world.node(AGENTS).bean(ReservationOutcomes.class).hold(reservation);
          return reservation;
        });
  }

  private static <T> T call(
      PlatformSchema from, PlatformSchema to, String path, Object body, Class<T> answer) {
    PeerClient client = world.node(from).bean(Peers.class).remote(to);
    return client.post(path, body, answer);
  }

  private static Function<String, Fault> only(String path, Fault fault) {
    return called -> called.equals(path) ? fault : Fault.NONE;
  }

  private static Function<String, Fault> first(String path, Fault fault) {
    AtomicInteger calls = new AtomicInteger();
    return called -> called.equals(path) && calls.incrementAndGet() == 1 ? fault : Fault.NONE;
  }

  private static long agentsOf(long user) {
    return world.id(
        AGENTS,
        "SELECT count(*) FROM agents.agents WHERE deleted_at IS NULL AND owner_id = " + user);
  }

  private static long reservationsOf(long user) {
    return world.id(
        USERS,
        "SELECT count(*) FROM users.reference_reservations WHERE target = 'users.users' AND target_id = "
            + user);
  }
}
