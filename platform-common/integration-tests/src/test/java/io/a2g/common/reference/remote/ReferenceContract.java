package io.a2g.common.reference.remote;

import static io.a2g.common.topology.PlatformSchema.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.error.FieldProblem;
import io.a2g.common.reference.ReferenceNotFound;
import io.a2g.common.reference.Referrer;
import io.a2g.common.reference.StillReferenced;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every way of checking references promises, wherever the schemas are. */
@Timeout(60) // of a test that hangs, so that it is named
abstract class ReferenceContract {

  private static final PlatformSchema AGENTS = PlatformSchema.of("agents");

  // The common pool has one thread on a small machine, and these wait for each other.
  static final Executor EACH_ITS_THREAD = Thread::startVirtualThread;

  abstract World world();

  /** Makes the users schema unable to answer the others, and back. */
  abstract void usersDown() throws Exception;

  abstract void usersUp() throws Exception;

  /** Makes the agents schema unable to answer the others, and back. */
  abstract void agentsDown() throws Exception;

  abstract void agentsUp() throws Exception;

  @Test
  void liveTargetIsTaken() {
    long user = world().user();
    long agent = world().agent(user);

    assertThat(world().session(user, agent)).isPositive();
  }

  @Test
  void unknownTargetIsRefusedAndNothingIsStored() {
    assertThatExceptionOfType(ReferenceNotFound.class)
        .isThrownBy(() -> world().agent(987_654_321_000L))
        .satisfies(refusal -> assertThat(fields(refusal)).containsExactly("owner_id"));

    assertThat(agentsOf(987_654_321_000L)).isZero();
  }

  @Test
  void deletedTargetIsRefusedAndNothingIsStored() {
    long user = world().user();
    world().deleteUser(user);

    assertThatExceptionOfType(ReferenceNotFound.class).isThrownBy(() -> world().agent(user));

    assertThat(agentsOf(user)).isZero();
  }

  @Test
  void everyMissingTargetIsNamed() {
    assertThatExceptionOfType(ReferenceNotFound.class)
        .isThrownBy(() -> world().session(987_654_321_000L, 987_654_321_000L))
        .satisfies(refusal -> assertThat(fields(refusal)).containsExactly("user_id", "agent_id"));
  }

  @Test
  void onlyTheMissingTargetIsNamed() {
    long user = world().user();

    assertThatExceptionOfType(ReferenceNotFound.class)
        .isThrownBy(() -> world().session(user, 987_654_321_000L))
        .satisfies(refusal -> assertThat(fields(refusal)).containsExactly("agent_id"));
  }

  @Test
  void pinOutsideATransactionIsABug() {
    long user = world().user();

    assertThatThrownBy(
            () -> world().verifier(AGENTS).pin(ReferenceTarget.USER.pin("owner_id", user)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> world().holders(USERS).requireDeletable(ReferenceTarget.USER, user))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void targetWithLiveRowsIsKeptAndTheHoldersAreNamed() {
    long user = world().user();
    long first = world().agent(user);
    long second = world().agent(user);
    world().session(user, first);

    assertThatExceptionOfType(StillReferenced.class)
        .isThrownBy(() -> world().deleteUser(user))
        .satisfies(refusal ->
            assertThat(refusal.members().get("holders"))
                .isEqualTo(
                    List.of(
                        new Referrer(
                            "agent-service", "agents.owner_id", user, 2, List.of(first, second)))));
    assertThat(isLive(user)).isTrue();
  }

  @Test
  void targetIsDeletedWhenItsRowsAre() {
    long user = world().user();
    world().deleteAgent(world().agent(user));

    world().deleteUser(user);

    assertThat(isLive(user)).isFalse();
  }

  @Test
  void rowsAreHandedOver() {
    long user = world().user();
    long heir = world().user();
    long agent = world().agent(user);

    world().deleteUser(user, heir, () -> {});

    assertThat(isLive(user)).isFalse();
    assertThat(world().id(AGENTS, "SELECT owner_id FROM agents.agents WHERE id = " + agent))
        .isEqualTo(heir);
    assertThatExceptionOfType(StillReferenced.class).isThrownBy(() -> world().deleteUser(heir));
  }

  @Test
  void rowDoesNotComeBackToATargetThatIsGone() {
    long user = world().user();
    long agent = world().agent(user);
    world().deleteAgent(agent);
    world().deleteUser(user);

    assertThatExceptionOfType(ReferenceNotFound.class)
        .isThrownBy(() -> world().restoreAgent(agent));

    world().restoreUser(user);
    awaitKnown(user, "RESTORED");
    world().restoreAgent(agent);
    assertThat(agentsOf(user)).isEqualTo(1);
  }

  @Test
  void deletedTargetStaysWhileADeletedRowRefersToIt() {
    long user = world().user();
    long agent = world().agent(user);
    world().deleteAgent(agent);
    world().deleteUser(user);

    assertThat(world().purgeUser(user)).isFalse();
    world().update(AGENTS, "DELETE FROM agents.agents WHERE id = " + agent);
    assertThat(world().purgeUser(user)).isTrue();
  }

  @Test
  void deletionWaitsForTheRowThatIsBeingStoredAndIsRefused() throws Exception {
    long user = world().user();
    var stored = new CountDownLatch(1);
    var commit = new CountDownLatch(1);
    var row =
        CompletableFuture.supplyAsync(
            () ->
                world()
                    .agent(
                        user,
                        "slow" + user,
                        () -> {
                          stored.countDown();
                          await(commit);
                        }),
            EACH_ITS_THREAD);
    stored.await();
    var deletion = CompletableFuture.runAsync(() -> world().deleteUser(user), EACH_ITS_THREAD);
    awaitSomebodyWaits();
    commit.countDown();

    assertThat(row.join()).isPositive();
    assertThatThrownBy(deletion::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(StillReferenced.class);
    assertThat(isLive(user)).isTrue();
  }

  @Test
  void rowWaitsForTheDeletionThatIsUnderWayAndIsRefused() throws Exception {
    long user = world().user();
    var locked = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var deletion =
        CompletableFuture.runAsync(
            () ->
                world()
                    .deleteUser(
                        user,
                        null,
                        () -> {
                          locked.countDown();
                          await(goOn);
                        }),
            EACH_ITS_THREAD);
    locked.await();
    var row = CompletableFuture.supplyAsync(() -> world().agent(user), EACH_ITS_THREAD);
    awaitSomebodyWaits();
    goOn.countDown();

    deletion.join();
    assertThatThrownBy(row::join).hasCauseInstanceOf(ReferenceNotFound.class);
    assertThat(agentsOf(user)).isZero();
  }

  @Test
  void ownerThatDoesNotAnswerMeansThatNothingIsStored() throws Exception {
    long user = world().user();
    usersDown();
    try {
      assertThatThrownBy(() -> world().agent(user)).isNotInstanceOf(ReferenceNotFound.class);
    } finally {
      usersUp();
    }
    assertThat(agentsOf(user)).isZero();
  }

  @Test
  void holderThatDoesNotAnswerMeansThatNothingIsDeleted() throws Exception {
    long user = world().user();
    agentsDown();
    try {
      assertThatThrownBy(() -> world().deleteUser(user)).isNotInstanceOf(StillReferenced.class);
    } finally {
      agentsUp();
    }
    assertThat(isLive(user)).isTrue();
  }

  /** Waits until the agents schema has heard of this; nothing to wait for in one database. */
  void awaitKnown(long user, String kind) {}

  long agentsOf(long user) {
    return world()
        .id(
            AGENTS,
            "SELECT count(*) FROM agents.agents WHERE deleted_at IS NULL AND owner_id = " + user);
  }

  boolean isLive(long user) {
    return world()
            .id(USERS, "SELECT count(*) FROM users.users WHERE deleted_at IS NULL AND id = " + user)
        == 1;
  }

  // pg_locks shows all databases of the server.
  private void awaitSomebodyWaits() throws Exception {
    try (var connection = world().database(USERS).connect();
        var statement = connection.createStatement()) {
      boolean waiting = false;
      while (!waiting) {
        try (var rows =
            statement.executeQuery("SELECT count(*) > 0 FROM pg_locks WHERE NOT granted")) {
          rows.next();
          waiting = rows.getBoolean(1);
        }
        Thread.sleep(5);
      }
    }
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static List<String> fields(ReferenceNotFound refusal) {
    return refusal.errors().stream().map(FieldProblem::field).toList();
  }
}
