package io.a2g.common.reference.remote;

import static io.a2g.common.topology.PlatformSchema.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.error.RetryLater;
import io.a2g.common.reference.ReferenceNotFound;
import io.a2g.common.reference.StillReferenced;
import io.a2g.common.testkit.peer.FaultProxy.Fault;
import io.a2g.common.topology.PlatformSchema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Writers and deleters at the same few users, in two databases, over a bad network: requests and
 * answers are lost, doubled, late and slow.
 */
@Timeout(300) // of a test that hangs, so that it is named
class HttpReferenceRaceIT {

  private static final PlatformSchema AGENTS = PlatformSchema.of("agents");

  private static final int THREADS = 16;
  private static final int OPERATIONS = 2_000;
  private static final int HOT = 6;

  /** Of the race without its fence, at most: the first orphan ends it. */
  private static final int ROUNDS = 5;

  private final Map<String, AtomicInteger> outcomes = new TreeMap<>();
  private final List<AtomicLong> users =
      Stream.generate(() -> new AtomicLong()).limit(HOT).toList();
  private World world;

  @BeforeEach
  void start() throws Exception {
    world =
        World.apart(
            Map.of(
                "DB_POOL_SIZE", "12",
                // Impatient, so that some give up while their call is under way.
                "platform.peers.answer-timeout", "1s",
                "platform.references.reservation-age", "PT0.2S",
                "platform.references.sweep-interval", "PT0.2S",
                "platform.references.announce-interval", "PT0.2S"));
    users.forEach(user -> user.set(world.user()));
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void noRowLosesItsTarget() throws Exception {
    race();

    assertThat(orphans()).isEmpty();
    // It was a race: everything happened, and refusals of every kind did too.
    assertThat(outcomes.keySet())
        .contains(
            "agent stored",
            "agent ReferenceNotFound",
            "user deleted",
            "user StillReferenced",
            "user handed over",
            "user purged",
            "agent RetryLater");
  }

  @Test
  void raceFindsOrphansWhenTheFenceIsTakenAway() throws Exception {
    // The owner is told that all is settled, and nothing is.
    world.run(
        AGENTS,
        """
        CREATE FUNCTION agents.forget() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE TRIGGER forget BEFORE INSERT ON agents.reference_marks
          FOR EACH ROW WHEN (NEW.state = 'ABANDONED') EXECUTE FUNCTION agents.forget();
        """);

    for (int round = 0; round < ROUNDS && orphans().isEmpty(); round++) {
      race();
    }

    assertThat(orphans()).isNotEmpty();
  }

  private void race() throws Exception {
    world.before(USERS).breakWith(HttpReferenceRaceIT::fault);
    world.before(AGENTS).breakWith(HttpReferenceRaceIT::fault);
    AtomicInteger left = new AtomicInteger(OPERATIONS);
    List<CompletableFuture<Void>> threads =
        IntStream.range(0, THREADS)
            .mapToObj(thread ->
                CompletableFuture.runAsync(() -> work(left), ReferenceContract.EACH_ITS_THREAD))
            .toList();
    threads.forEach(CompletableFuture::join);
    world.before(USERS).heal();
    world.before(AGENTS).heal();
    // What is late arrives now, and the sweeper settles what was left.
    Thread.sleep(1_000);
    while (world.id(USERS, "SELECT count(*) FROM users.reference_reservations") > 0) {
      Thread.sleep(50);
    }
    System.out.printf("Race over HTTP: %s, orphans: %d%n", outcomes, orphans().size());
  }

  // A slow answer to a reservation leaves its transaction paused before its mark: the moment that
  // the fence is for. Of the others there are few, else breakers keep the threads from meeting.
  private static Fault fault(String path) {
    int dice = ThreadLocalRandom.current().nextInt(100);
    return switch (dice) {
      case 0, 1 -> Fault.REQUEST_LOST;
      case 2, 3 -> Fault.ANSWER_LOST;
      case 4, 5 -> Fault.LATE;
      case 6, 7 -> Fault.TWICE;
      default -> path.equals(Protocol.RESERVE) && dice < 50 ? Fault.SLOW : Fault.NONE;
    };
  }

  private void work(AtomicInteger left) {
    Random random = new Random(left.hashCode() ^ Thread.currentThread().threadId());
    while (left.decrementAndGet() >= 0) {
      AtomicLong slot = users.get(random.nextInt(HOT));
      long user = slot.get();
      int dice = random.nextInt(100);
      if (dice < 35) {
        attempt("agent stored", "agent ", () -> world.agent(user));
      } else if (dice < 62) {
        attempt("agent deleted", "agent deletion ", () -> deleteSomeAgentOf(user));
      } else if (dice < 66) {
        attempt("agent restored", "agent ", () -> restoreSomeAgentOf(user));
      } else if (dice < 90) {
        attempt(
            "user deleted",
            "user ",
            () -> {
              world.deleteUser(user);
              slot.compareAndSet(user, world.user());
            });
      } else if (dice < 95) {
        long heir = users.get(random.nextInt(HOT)).get();
        if (heir != user) {
          attempt(
              "user handed over",
              "user ",
              () -> {
                world.deleteUser(user, heir, () -> {});
                slot.compareAndSet(user, world.user());
              });
        }
      } else {
        attempt("user purged", "purge ", this::purgeSomeUser);
      }
    }
  }

  private void attempt(String done, String refused, Runnable operation) {
    String outcome = done;
    try {
      operation.run();
    } catch (ReferenceNotFound | StillReferenced e) {
      outcome = refused + e.getClass().getSimpleName();
    } catch (RetryLater e) {
      outcome = refused + "RetryLater";
      waitAsAsked();
    } catch (CannotCreateTransactionException e) {
      outcome = refused + "busy";
    } catch (NothingToDo | EmptyResultDataAccessException e) {
      // Nothing of the kind, or purged meanwhile.
      outcome = "nothing to do";
    } catch (DataAccessException e) {
      if (!isBusy(e)) {
        throw e;
      }
      outcome = refused + "busy";
    }
    synchronized (outcomes) {
      outcomes.computeIfAbsent(outcome, o -> new AtomicInteger()).incrementAndGet();
    }
  }

  // As clients do. Otherwise threads would use up the operations while a breaker is open.
  private static void waitAsAsked() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // What the services answer with 503: a conflict, a deadlock, a lock that was not got in time.
  private static boolean isBusy(DataAccessException failure) {
    return failure.getMostSpecificCause() instanceof SQLException sql
        && Set.of("40001", "40P01", "55P03").contains(sql.getSQLState());
  }

  private static final class NothingToDo extends RuntimeException {}

  private void deleteSomeAgentOf(long user) {
    world.deleteAgent(
        some(
            "SELECT id FROM agents.agents WHERE deleted_at IS NULL AND owner_id = " + user,
            AGENTS));
  }

  private void restoreSomeAgentOf(long user) {
    world.restoreAgent(
        some(
            "SELECT id FROM agents.agents WHERE deleted_at IS NOT NULL AND owner_id = " + user,
            AGENTS));
  }

  private void purgeSomeUser() {
    if (!world.purgeUser(some("SELECT id FROM users.users WHERE deleted_at IS NOT NULL", USERS))) {
      throw new NothingToDo();
    }
  }

  private long some(String sql, PlatformSchema schema) {
    return world
        .node(schema)
        .sql()
        .sql(sql + " ORDER BY random() LIMIT 1")
        .query(Long.class)
        .optional()
        .orElseThrow(NothingToDo::new);
  }

  // Live agents of users that are not live, and any agents of users that are not there.
  private Set<String> orphans() throws SQLException {
    Set<Long> live = new HashSet<>();
    Set<Long> there = new HashSet<>();
    try (var connection = world.database(USERS).connect();
        var statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT id, deleted_at IS NULL FROM users.users")) {
      while (row.next()) {
        there.add(row.getLong(1));
        if (row.getBoolean(2)) {
          live.add(row.getLong(1));
        }
      }
    }
    Set<String> orphans = new HashSet<>();
    try (var connection = world.database(AGENTS).connect();
        var statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT id, owner_id, deleted_at IS NULL FROM agents.agents")) {
      while (row.next()) {
        boolean lives = row.getBoolean(3);
        if (!(lives ? live : there).contains(row.getLong(2))) {
          orphans.add("agent %d of user %d".formatted(row.getLong(1), row.getLong(2)));
        }
      }
    }
    return orphans;
  }
}
