package io.a2g.common.reference.remote;

import static io.a2g.common.topology.PlatformSchema.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.reference.NewRow;
import io.a2g.common.reference.PinCondition;
import io.a2g.common.reference.PinnedRows;
import io.a2g.common.reference.ReferenceVerifier;
import io.a2g.common.topology.Pin;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.orm.jpa.SharedEntityManagerCreator;

/** The promise where all schemas share one database. */
class DatabaseReferenceContractIT extends ReferenceContract {

  private static final PlatformSchema AGENTS = PlatformSchema.of("agents");

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

  @Test
  void targetThatComesBackBeforeItIsNamedIsTaken() {
    long user = world.user();
    world.deleteUser(user);
    NewRow row =
        NewRow.of("agents.agents")
            .with("owner_id", user)
            .with("name", "late")
            .with("framework", "ADK");

    Long id =
        world
            .node(AGENTS)
            .inTransaction(() ->
                new PinnedRows(new RestoringVerifier(user), entities(AGENTS))
                    .insert(row, "id", Long.class, ReferenceTarget.USER.pin("owner_id", user)));

    assertThat(id).isPositive();
    assertThat(agentsOf(user)).isOne();
  }

  private static EntityManager entities(PlatformSchema schema) {
    return SharedEntityManagerCreator.createSharedEntityManager(
        world.node(schema).bean(EntityManagerFactory.class));
  }

  /** Somebody restores the user just before it is asked which target is missing. */
  private record RestoringVerifier(long user) implements ReferenceVerifier {

    @Override
    public PinCondition condition(Pin... pins) {
      return world.verifier(AGENTS).condition(pins);
    }

    @Override
    public void pin(Pin... pins) {
      world.restoreUser(user);
      world.verifier(AGENTS).pin(pins);
    }
  }
}
