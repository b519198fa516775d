package io.a2g.common.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Base of tests about references: users, agents and sessions, and instances that work on them. */
abstract class ReferenceIT {

  private static final AtomicLong NUMBERS = new AtomicLong(System.nanoTime());

  Replica users;
  Replica agents;
  Replica chat;

  @BeforeEach
  void startReplicas() {
    users = new Replica(database(), PlatformSchema.USERS, 4);
    agents = new Replica(database(), PlatformSchema.of("agents"), 4);
    chat = new Replica(database(), PlatformSchema.of("chat"), 4);
  }

  @AfterEach
  void stopReplicas() {
    users.close();
    agents.close();
    chat.close();
  }

  static MigratedDatabase database() {
    return TestDatabase.get().migrated();
  }

  static long newUser() {
    return id(
        "INSERT INTO users.users (username, role) VALUES ('u%d', 'USER') RETURNING id"
            .formatted(NUMBERS.incrementAndGet()));
  }

  static long newAgent(long owner) {
    return id(insertAgent(owner));
  }

  static long newSession(long user, long agent) {
    return id(
        "INSERT INTO chat.chat_sessions (user_id, agent_id, trace_id) VALUES (%d, %d, md5('%d')) RETURNING id"
            .formatted(user, agent, NUMBERS.incrementAndGet()));
  }

  static String insertAgent(long owner) {
    return "INSERT INTO agents.agents (owner_id, name, framework) VALUES (%d, 'a%d', 'ADK') RETURNING id"
        .formatted(owner, NUMBERS.incrementAndGet());
  }

  static void delete(ReferenceTarget target, long id) {
    id("UPDATE %s SET deleted_at = now() WHERE id = %d RETURNING id".formatted(target.table(), id));
  }

  static boolean isLive(ReferenceTarget target, long id) {
    return id(
            "SELECT count(*) FROM %s WHERE id = %d AND deleted_at IS NULL"
                .formatted(target.table(), id))
        == 1;
  }

  static long agentsOf(long owner) {
    return id("SELECT count(*) FROM agents.agents WHERE owner_id = " + owner);
  }

  /** What a superuser's statement answers. */
  static long id(String sql) {
    try (Connection connection = database().connect();
        var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  static void execute(String sql) {
    try (Connection connection = database().connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** As agent-service stores an agent: pinned and inserted in one transaction. */
  long createAgent(long owner) {
    return agents.inTransaction(() -> {
      agents.verifier().pin(ReferenceTarget.USER.pin("owner_id", owner));
      return agents.jdbc().sql(insertAgent(owner)).query(Long.class).single();
    });
  }

  /** As user-service deletes a user: locked, asked, marked. */
  boolean deleteUser(long id) {
    return users.inTransaction(() -> {
      lockUser(id);
      users.holders().requireDeletable(ReferenceTarget.USER, id);
      return users
              .jdbc()
              .sql("UPDATE users.users SET deleted_at = now() WHERE id = ?")
              .param(id)
              .update()
          == 1;
    });
  }

  void lockUser(long id) {
    users
        .jdbc()
        .sql("SELECT id FROM users.users WHERE id = ? FOR UPDATE")
        .param(id)
        .query(Long.class)
        .single();
  }

  static <T> CompletableFuture<T> meanwhile(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().start(task));
  }

  /** Returns when a transaction of this service waits for a lock. */
  static void awaitWaiting(PlatformSchema schema) {
    String waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = '%s' AND wait_event_type = 'Lock'"
            .formatted(schema.appRole());
    for (int round = 0; id(waiting) == 0; round++) {
      assertThat(round).as("nobody waits for a lock").isLessThan(5_000);
    }
  }
}
