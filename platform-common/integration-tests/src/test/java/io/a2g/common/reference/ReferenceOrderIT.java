package io.a2g.common.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.topology.Pin;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.NestedExceptionUtils;

/**
 * Somebody locks two rows for good while somebody else pins both. In the same order they wait for
 * each other once; in opposite order they deadlock, which shows that these tests would tell.
 */
class ReferenceOrderIT extends ReferenceIT {

  private long low;
  private long high;
  private long agent;

  @BeforeEach
  void makeRows() {
    low = newUser();
    high = newUser();
    agent = newAgent(low);
  }

  @Test
  void pinsInTheOrderOfTheTargetsDoNotDeadlock() throws Exception {
    CompletableFuture<?> writer =
        lockWhile(
            ReferenceTarget.of("agent"),
            agent,
            verifier -> verifier.pin(pinOfUser(), pinOfAgent()));

    writer.join();
  }

  @Test
  void pinsAgainstTheOrderOfTheTargetsDeadlock() {
    assertDeadlock(
        ReferenceTarget.of("agent"), agent, verifier -> verifier.pin(pinOfAgent(), pinOfUser()));
  }

  @Test
  void batchIsLockedInTheOrderOfTheIds() throws Exception {
    for (Consumer<ReferenceVerifier> batch : batches(List.of(high, low))) {
      lockWhile(ReferenceTarget.USER, high, batch).join();
    }
  }

  @Test
  void singlePinsAgainstTheOrderOfTheIdsDeadlock() {
    assertDeadlock(
        ReferenceTarget.USER,
        high,
        verifier ->
            verifier.pin(
                ReferenceTarget.USER.pin("user_id", high),
                ReferenceTarget.USER.pin("user_id", low)));
  }

  /** By the function for batches, and by the verifier that has none. */
  private static List<Consumer<ReferenceVerifier>> batches(List<Long> ids) {
    return List.of(
        verifier -> verifier.pinAll("user_ids", ReferenceTarget.USER, ids),
        verifier -> {
          ReferenceVerifier plain = pins -> verifier.pin(pins);
          plain.pinAll("user_ids", ReferenceTarget.USER, ids);
        });
  }

  private void assertDeadlock(
      ReferenceTarget second, long secondId, Consumer<ReferenceVerifier> pins) {
    // Either of the two may be the victim.
    assertThatThrownBy(() -> lockWhile(second, secondId, pins).join())
        .satisfies(failure ->
            assertThat(NestedExceptionUtils.getMostSpecificCause(failure))
                .isInstanceOfSatisfying(
                    SQLException.class, sql -> assertThat(sql.getSQLState()).isEqualTo("40P01")));
  }

  /**
   * Locks the user with the lower id, lets the pins wait for it, and locks the second row.
   *
   * @return the pins, which have been let go on
   */
  private CompletableFuture<?> lockWhile(
      ReferenceTarget second, long secondId, Consumer<ReferenceVerifier> pins) throws SQLException {
    try (Connection locker = database().connect();
        var statement = locker.createStatement()) {
      locker.setAutoCommit(false);
      statement.execute(forUpdate(ReferenceTarget.USER, low));
      CompletableFuture<?> writer =
          meanwhile(() ->
              chat.inTransaction(() -> {
                pins.accept(chat.verifier());
                return true;
              }));
      awaitWaiting(PlatformSchema.of("chat"));
      statement.execute(forUpdate(second, secondId));
      locker.commit();
      return writer;
    }
  }

  private static String forUpdate(ReferenceTarget target, long id) {
    return "SELECT FROM %s WHERE id = %d FOR UPDATE".formatted(target.table(), id);
  }

  private Pin pinOfUser() {
    return ReferenceTarget.USER.pin("user_id", low);
  }

  private Pin pinOfAgent() {
    return ReferenceTarget.of("agent").pin("agent_id", agent, null, null, true);
  }
}
