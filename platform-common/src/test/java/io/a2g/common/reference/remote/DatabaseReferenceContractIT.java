package io.a2g.common.reference.remote;

import static io.a2g.common.schema.PlatformSchema.AGENTS;
import static io.a2g.common.schema.PlatformSchema.USERS;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The promise where all schemas share one database. */
class DatabaseReferenceContractIT extends ReferenceContract {

  private static World world;

  @BeforeAll
  static void start() {
    world = World.together();
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
  void usersDown() throws Exception {
    world.run(USERS, "ALTER FUNCTION users.pin_user(bigint) RENAME TO away");
  }

  @Override
  void usersUp() throws Exception {
    world.run(USERS, "ALTER FUNCTION users.away(bigint) RENAME TO pin_user");
  }

  @Override
  void agentsDown() throws Exception {
    world.run(
        AGENTS, "ALTER FUNCTION agents.references_to(text, bigint[], boolean) RENAME TO away");
  }

  @Override
  void agentsUp() throws Exception {
    world.run(
        AGENTS, "ALTER FUNCTION agents.away(text, bigint[], boolean) RENAME TO references_to");
  }
}
