package io.a2g.common.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.reference.remote.LocalReferences;
import io.a2g.common.testkit.database.WatchedDataSource;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Pins that ride with another statement: how many are sent, and what they hold. */
class PinConditionIT extends ReferenceIT {

  private final List<String> sent = new ArrayList<>();
  private DataSource statements;
  private JdbcClient jdbc;
  private LocalReferences references;

  @BeforeEach
  void connect() {
    DatabaseUrl url = database().app(PlatformSchema.of("chat"));
    statements =
        new WatchedDataSource(
            new DriverManagerDataSource(url.jdbcUrl(), url.user(), url.password()), sent::add);
    jdbc = JdbcClient.create(statements);
    references = LocalReferences.of(jdbc);
  }

  @Test
  void rowAndItsPinsAreOneRoundTrip() {
    long user = newUser();
    long agent = newAgent(user);

    assertThat(inTransaction(() -> insert(user, agent))).isPresent();

    assertThat(sent).hasSize(1);
  }

  @Test
  void nothingIsStoredWhenOneTargetIsMissing() {
    long user = newUser();
    long agent = newAgent(user);

    assertThat(inTransaction(() -> insert(user, -1))).isEmpty();
    assertThat(inTransaction(() -> insert(-1, agent))).isEmpty();
  }

  @Test
  void namesComeWithThePin() {
    long user = newUser();
    TargetNames names = references.names();

    assertThat(
            inTransaction(
                () -> names.pinned(ReferenceTarget.USER.pin("user_id", user)).get("username")))
        .isNotNull();
    assertThat(sent).hasSize(1);
    assertThatThrownBy(
            () -> inTransaction(() -> names.pinned(ReferenceTarget.USER.pin("user_id", -1L))))
        .isInstanceOf(ReferenceNotFound.class)
        .hasMessageContaining("user_id");
  }

  @Test
  void conditionOutsideATransactionIsABug() {
    assertThatThrownBy(
            () -> references.verifier().condition(ReferenceTarget.USER.pin("user_id", 1L)))
        .isInstanceOf(IllegalStateException.class);
  }

  private Optional<Long> insert(long user, long agent) {
    NewRow row =
        NewRow.of("chat.chat_sessions")
            .with("user_id", user)
            .with("agent_id", agent)
            .with("trace_id", "%032x".formatted(System.nanoTime()))
            .with("title", null);
    PinCondition condition =
        references
            .verifier()
            .condition(
                ReferenceTarget.USER.pin("user_id", user),
                ReferenceTarget.of("agent").pin("agent_id", agent, user, null, true));
    return jdbc.sql(row.insert(condition, "id"))
        .params(row.parameters(condition))
        .query(Long.class)
        .optional();
  }

  private <T> T inTransaction(Supplier<T> action) {
    return new TransactionTemplate(new JdbcTransactionManager(statements))
        .execute(status -> action.get());
  }
}
