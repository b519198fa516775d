package io.a2g.common.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.error.FieldProblem;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.springframework.core.NestedExceptionUtils;

/** What writers and deleters are told when a target is missing, going, locked or unreachable. */
class ReferenceFaultsIT extends ReferenceIT {

  private static final long UNKNOWN = 999_999_999_999L;

  @Test
  void unknownTargetIsNamedByItsField() {
    assertThatExceptionOfType(ReferenceNotFound.class)
        .isThrownBy(() -> createAgent(UNKNOWN))
        .satisfies(refusal -> {
          assertThat(refusal.type().code()).isEqualTo("reference_not_found");
          assertThat(refusal.errors()).extracting(FieldProblem::field).containsExactly("owner_id");
        });
    assertThat(agentsOf(UNKNOWN)).isZero();
  }

  @Test
  void deletedTargetIsNoTarget() {
    long owner = newUser();
    delete(ReferenceTarget.USER, owner);

    assertThatExceptionOfType(ReferenceNotFound.class)
        .isThrownBy(() -> createAgent(owner))
        .satisfies(refusal ->
            assertThat(refusal.errors())
                .extracting(FieldProblem::field)
                .containsExactly("owner_id"));
    assertThat(agentsOf(owner)).isZero();
  }

  @Test
  void everyMissingFieldIsNamed() {
    long user = newUser();
    long agent = newAgent(user);
    delete(ReferenceTarget.of("agent"), agent);

    assertThatExceptionOfType(ReferenceNotFound.class)
        .isThrownBy(() ->
            chat.inTransaction(() -> {
              chat.verifier()
                  .pin(
                      ReferenceTarget.USER.pin("user_id", UNKNOWN),
                      ReferenceTarget.USER.pin("reviewer_id", user),
                      ReferenceTarget.of("agent").pin("agent_id", agent, null, null, true),
                      ReferenceTarget.of("session").pin("session_id", UNKNOWN, null, null, true));
              return null;
            }))
        .satisfies(refusal ->
            assertThat(refusal.errors())
                .extracting(FieldProblem::field)
                .containsExactly("user_id", "agent_id", "session_id"));
  }

  @Test
  void writerWaitsForTheDeleterAndIsRefused() {
    long owner = newUser();
    CompletableFuture<Long> writer =
        users.inTransaction(() -> {
          lockUser(owner);
          users.holders().requireDeletable(ReferenceTarget.USER, owner);
          CompletableFuture<Long> waiting = meanwhile(() -> createAgent(owner));
          awaitWaiting(PlatformSchema.of("agents"));
          users
              .jdbc()
              .sql("UPDATE users.users SET deleted_at = now() WHERE id = ?")
              .param(owner)
              .update();
          return waiting;
        });

    assertThatThrownBy(writer::join).hasCauseInstanceOf(ReferenceNotFound.class);
    assertThat(agentsOf(owner)).isZero();
  }

  @Test
  void writerWaitsForTheDeleterWhoThinksBetter() {
    long owner = newUser();
    CompletableFuture<Long> writer =
        users.inTransaction(() -> {
          lockUser(owner);
          CompletableFuture<Long> waiting = meanwhile(() -> createAgent(owner));
          awaitWaiting(PlatformSchema.of("agents"));
          return waiting;
        });

    assertThat(writer.join()).isPositive();
    assertThat(agentsOf(owner)).isOne();
  }

  @Test
  void deleterWaitsForTheWriterAndIsToldWhoHolds() {
    long owner = newUser();
    CompletableFuture<Boolean> deleter =
        agents.inTransaction(() -> {
          agents.verifier().pin(ReferenceTarget.USER.pin("owner_id", owner));
          CompletableFuture<Boolean> waiting = meanwhile(() -> deleteUser(owner));
          awaitWaiting(PlatformSchema.USERS);
          agents.jdbc().sql(insertAgent(owner)).query(Long.class).single();
          return waiting;
        });

    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(deleter::join)
        .havingCause()
        .isInstanceOf(StillReferenced.class)
        .withMessageContaining("agent-service (1 in agents.owner_id)");
    assertThat(isLive(ReferenceTarget.USER, owner)).isTrue();
  }

  @Test
  void lockThatIsHeldTooLongIsATimeOutAndNothingIsStored() throws SQLException {
    long owner = newUser();
    try (Connection holder = database().connect();
        var statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("SELECT FROM users.users WHERE id = %d FOR UPDATE".formatted(owner));

      assertSqlState("55P03", () -> createAgent(owner));
    }
    assertThat(agentsOf(owner)).isZero();
  }

  @Test
  void functionThatIsMissingOrForbiddenStoresNothing() {
    long owner = newUser();
    execute("ALTER FUNCTION users.pin_user(bigint) RENAME TO away");
    try {
      assertSqlState("42883", () -> createAgent(owner));
    } finally {
      execute("ALTER FUNCTION users.away(bigint) RENAME TO pin_user");
    }
    execute("REVOKE EXECUTE ON FUNCTION users.pin_user(bigint) FROM agents_app");
    try {
      assertSqlState("42501", () -> createAgent(owner));
    } finally {
      execute("GRANT EXECUTE ON FUNCTION users.pin_user(bigint) TO agents_app");
    }
    assertThat(agentsOf(owner)).isZero();
    assertThat(createAgent(owner)).isPositive();
  }

  @Test
  void pinWithoutATransactionIsAMistake() {
    assertThatThrownBy(() -> agents.verifier().pin(ReferenceTarget.USER.pin("owner_id", newUser())))
        .isInstanceOf(IllegalStateException.class);
  }

  private static void assertSqlState(String state, Runnable work) {
    assertThatThrownBy(work::run)
        .satisfies(failure ->
            assertThat(NestedExceptionUtils.getMostSpecificCause(failure))
                .isInstanceOfSatisfying(
                    SQLException.class, sql -> assertThat(sql.getSQLState()).isEqualTo(state)));
  }
}
