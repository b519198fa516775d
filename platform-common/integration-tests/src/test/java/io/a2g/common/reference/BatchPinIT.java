package io.a2g.common.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.error.FieldProblem;
import io.a2g.common.reference.remote.LocalReferences;
import io.a2g.common.testkit.database.WatchedDataSource;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Many references of one request are pinned as one, and none of them is forgotten. */
class BatchPinIT extends ReferenceIT {

  private static final long UNKNOWN = 999_999_999_000L;

  @Test
  void missingOnesAreCountedAndTheFirstFiveNamed() {
    long live = newUser();
    long deleted = newUser();
    delete(ReferenceTarget.USER, deleted);
    List<Long> ids =
        Stream.concat(
                Stream.of(live, deleted, live),
                LongStream.range(UNKNOWN, UNKNOWN + 6).boxed().toList().reversed().stream())
            .toList();

    assertThatExceptionOfType(ReferenceNotFound.class)
        .isThrownBy(() -> pinAll(ReferenceTarget.USER, ids))
        .satisfies(refusal ->
            assertThat(refusal.errors())
                .containsExactly(
                    new FieldProblem(
                        "ids",
                        "not_found",
                        "refers to no existing user: %d, %d, %d, %d, %d and 2 more"
                            .formatted(deleted, UNKNOWN, UNKNOWN + 1, UNKNOWN + 2, UNKNOWN + 3))));
  }

  @Test
  void allOfABatchAreHeldUntilTheEnd() {
    List<Long> ids = Stream.generate(ReferenceIT::newUser).limit(20).toList();
    for (long id : List.of(ids.getFirst(), ids.get(10), ids.getLast())) {
      CompletableFuture<Boolean> deleter =
          chat.inTransaction(() -> {
            chat.verifier().pinAll("ids", ReferenceTarget.USER, ids);
            CompletableFuture<Boolean> waiting = meanwhile(() -> deleteUser(id));
            awaitWaiting(PlatformSchema.USERS);
            assertThat(isLive(ReferenceTarget.USER, id)).isTrue();
            return waiting;
          });
      assertThat(deleter.join()).isTrue();
      execute("UPDATE users.users SET deleted_at = NULL WHERE id = " + id);
    }
  }

  @Test
  void targetThatIsBeingDeletedIsMissing() {
    long going = newUser();
    List<Long> ids = List.of(newUser(), going, newUser());
    CompletableFuture<Void> batch =
        users.inTransaction(() -> {
          lockUser(going);
          CompletableFuture<Void> waiting =
              meanwhile(() -> {
                pinAll(ReferenceTarget.USER, ids);
                return null;
              });
          awaitWaiting(PlatformSchema.of("chat"));
          users
              .jdbc()
              .sql("UPDATE users.users SET deleted_at = now() WHERE id = ?")
              .param(going)
              .update();
          return waiting;
        });

    assertThatThrownBy(batch::join)
        .hasCauseInstanceOf(ReferenceNotFound.class)
        .hasMessageEndingWith("ids refers to no existing user: %d.".formatted(going));
  }

  @Test
  void agentsMustBeForTheCaller() {
    long owner = newUser();
    long stranger = newUser();
    List<Long> ids = List.of(newAgent(owner), newAgent(owner));

    pinAll(ReferenceTarget.of("agent"), ids, owner, null, false);
    pinAll(ReferenceTarget.of("agent"), ids, stranger, null, true);
    assertThatThrownBy(() -> pinAll(ReferenceTarget.of("agent"), ids, stranger, null, false))
        .isInstanceOf(ReferenceNotFound.class)
        .hasMessageContaining(ids.getFirst() + ", " + ids.getLast());
  }

  @Test
  void targetWithoutAFunctionForBatchesIsPinnedOneByOne() {
    long user = newUser();
    long agent = newAgent(user);
    List<Long> ids = List.of(newSession(user, agent), newSession(user, agent));

    pinAll(ReferenceTarget.of("session"), ids, null, user, false);
    assertThatThrownBy(() -> pinAll(ReferenceTarget.of("session"), ids, null, user + 1, false))
        .isInstanceOf(ReferenceNotFound.class);
  }

  @Test
  void batchIsBoundedAndMayBeEmptyAndNeedsATransaction() {
    pinAll(ReferenceTarget.USER, List.of());
    List<Long> tooMany = LongStream.rangeClosed(0, ReferenceVerifier.MAX_BATCH).boxed().toList();
    for (ReferenceTarget target : ReferenceTarget.values()) {
      assertThatThrownBy(() -> pinAll(target, tooMany))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> chat.verifier().pinAll("ids", ReferenceTarget.USER, List.of()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void batchIsOneRoundTrip() {
    List<Long> ids = Stream.generate(ReferenceIT::newUser).limit(50).toList();
    DatabaseUrl url = database().app(PlatformSchema.of("chat"));
    List<String> sent = new ArrayList<>();
    var statements =
        new WatchedDataSource(
            new DriverManagerDataSource(url.jdbcUrl(), url.user(), url.password()), sent::add);
    ReferenceVerifier verifier = LocalReferences.of(JdbcClient.create(statements)).verifier();

    new TransactionTemplate(new JdbcTransactionManager(statements))
        .executeWithoutResult(status -> verifier.pinAll("ids", ReferenceTarget.USER, ids));

    assertThat(sent).hasSize(1);
  }

  private void pinAll(ReferenceTarget target, Collection<Long> ids, @Nullable Object... arguments) {
    chat.inTransaction(() -> {
      chat.verifier().pinAll("ids", target, ids, arguments);
      return true;
    });
  }
}
