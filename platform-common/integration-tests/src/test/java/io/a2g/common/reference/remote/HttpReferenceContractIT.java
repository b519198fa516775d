package io.a2g.common.reference.remote;

import static io.a2g.common.topology.PlatformSchema.USERS;

import io.a2g.common.error.RetryLater;
import io.a2g.common.topology.PlatformSchema;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The promise where every schema has a database of its own. */
class HttpReferenceContractIT extends ReferenceContract {

  private static final PlatformSchema AGENTS = PlatformSchema.of("agents");

  private static World world;

  @BeforeAll
  static void start() throws Exception {
    world = World.apart(Map.of("platform.references.announce-interval", "PT0.1S"));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Override
  World world() {
    return world;
  }

  @Override
  void usersDown() {
    world.before(USERS).down();
  }

  @Override
  void usersUp() {
    world.before(USERS).up();
    awaitAnswer(() -> world.agent(world.user()));
  }

  @Override
  void agentsDown() {
    world.before(AGENTS).down();
  }

  @Override
  void agentsUp() {
    world.before(AGENTS).up();
    awaitAnswer(() -> world.deleteUser(world.user()));
  }

  // Breakers spare a peer for some seconds after it was away.
  private static void awaitAnswer(Runnable call) {
    while (true) {
      try {
        call.run();
        return;
      } catch (RetryLater e) {
        LockSupport.parkNanos(100_000_000);
      }
    }
  }

  @Override
  void awaitKnown(long user, String kind) {
    String count =
        "SELECT count(*) FROM agents.foreign_deletions WHERE kind = '%s' AND target_id = %d"
            .formatted(kind, user);
    while (world.id(AGENTS, count) == 0) {
      Thread.onSpinWait();
    }
  }
}
