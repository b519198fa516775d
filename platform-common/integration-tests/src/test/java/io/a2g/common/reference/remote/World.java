package io.a2g.common.reference.remote;

import io.a2g.common.reference.NewRow;
import io.a2g.common.reference.PinnedRows;
import io.a2g.common.reference.ReferenceHolders;
import io.a2g.common.reference.ReferenceVerifier;
import io.a2g.common.reference.TargetNames;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.peer.FaultProxy;
import io.a2g.common.testkit.peer.PeerNode;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The services with references and what they do with them, in one database or in one for each. What
 * is done here by SQL is what the services do in their transactions.
 */
final class World implements AutoCloseable {

  static final List<PlatformSchema> SCHEMAS =
      Stream.of(PlatformSchema.values())
          .filter(schema ->
              !ReferenceTarget.ownedBy(schema).isEmpty()
                  || !ReferenceTarget.heldBy(schema).isEmpty())
          .toList();

  private static final AtomicLong NAMES = new AtomicLong(System.nanoTime());

  private final Map<PlatformSchema, MigratedDatabase> databases = new TreeMap<>();
  private final Map<PlatformSchema, PeerNode> nodes = new TreeMap<>();
  private final Map<PlatformSchema, FaultProxy> proxies = new TreeMap<>();

  /** All schemas in one database. */
  static World together() {
    World world = new World();
    MigratedDatabase database = TestDatabase.get().migrated();
    for (PlatformSchema schema : SCHEMAS) {
      world.databases.put(schema, database);
      world.nodes.put(schema, PeerNode.start(schema, database, Map.of()));
    }
    return world;
  }

  /**
   * A database for each schema, in which no other schema is, and a proxy before each service.
   *
   * @param settings of all nodes, beyond where their peers are
   */
  static World apart(Map<String, String> settings) throws SQLException {
    World world = new World();
    for (PlatformSchema schema : SCHEMAS) {
      MigratedDatabase database = TestDatabase.get().migrated(schema.schemaName());
      for (PlatformSchema other : PlatformSchema.values()) {
        if (other != schema) {
          run(database, "DROP SCHEMA %s CASCADE".formatted(other.schemaName()));
        }
      }
      world.databases.put(schema, database);
      world.proxies.put(schema, new FaultProxy());
    }
    Map<String, String> all = new HashMap<>(settings);
    world.proxies.forEach((schema, proxy) -> all.put(schema.urlVariable(), proxy.url()));
    for (PlatformSchema schema : SCHEMAS) {
      PeerNode node = PeerNode.start(schema, world.databases.get(schema), all);
      world.nodes.put(schema, node);
      world.proxies.get(schema).forwardTo(node.uri());
    }
    return world;
  }

  PeerNode node(PlatformSchema schema) {
    return nodes.get(schema);
  }

  FaultProxy before(PlatformSchema schema) {
    return proxies.get(schema);
  }

  MigratedDatabase database(PlatformSchema schema) {
    return databases.get(schema);
  }

  long user() {
    return id(
        PlatformSchema.USERS,
        "INSERT INTO users.users (username, role) VALUES ('w%d', 'USER') RETURNING id"
            .formatted(NAMES.incrementAndGet()));
  }

  long agent(long owner) {
    return agent(owner, "a" + NAMES.incrementAndGet(), () -> {});
  }

  /** Stores an agent; {@code beforeCommit} runs when it is pinned and inserted. */
  long agent(long owner, String name, Runnable beforeCommit) {
    return node(PlatformSchema.of("agents"))
        .inTransaction(() -> {
          node(PlatformSchema.of("agents"))
              .bean(TargetNames.class)
              .pinned(ReferenceTarget.USER.pin("owner_id", owner));
          long id =
              id(
                  PlatformSchema.of("agents"),
                  "INSERT INTO agents.agents (owner_id, name, framework) VALUES (%d, '%s', 'ADK') RETURNING id"
                      .formatted(owner, name));
          beforeCommit.run();
          return id;
        });
  }

  long session(long user, long agent) {
    return node(PlatformSchema.of("chat"))
        .inTransaction(() -> {
          NewRow row =
              NewRow.of("chat.chat_sessions")
                  .with("user_id", user)
                  .with("agent_id", agent)
                  .with("trace_id", "%032x".formatted(NAMES.incrementAndGet()));
          return node(PlatformSchema.of("chat"))
              .bean(PinnedRows.class)
              .insert(
                  row,
                  "id",
                  Long.class,
                  ReferenceTarget.USER.pin("user_id", user),
                  ReferenceTarget.of("agent").pin("agent_id", agent, user, null, true));
        });
  }

  void deleteUser(long id) {
    deleteUser(id, null, () -> {});
  }

  /** Deletes as user-service does; {@code locked} runs when the row is locked. */
  void deleteUser(long id, @Nullable Long transferTo, Runnable locked) {
    node(PlatformSchema.USERS)
        .inTransaction(() -> {
          lock(PlatformSchema.USERS, "users.users", id);
          locked.run();
          if (transferTo != null) {
            verifier(PlatformSchema.USERS).pin(ReferenceTarget.USER.pin("transfer_to", transferTo));
            holders(PlatformSchema.USERS).handOver(ReferenceTarget.USER, id, transferTo);
          }
          holders(PlatformSchema.USERS).requireDeletable(ReferenceTarget.USER, id);
          return update(
              PlatformSchema.USERS,
              "UPDATE users.users SET deleted_at = now() WHERE deleted_at IS NULL AND id = " + id);
        });
  }

  void restoreUser(long id) {
    update(PlatformSchema.USERS, "UPDATE users.users SET deleted_at = NULL WHERE id = " + id);
  }

  void deleteAgent(long id) {
    node(PlatformSchema.of("agents"))
        .inTransaction(() -> {
          lock(PlatformSchema.of("agents"), "agents.agents", id);
          holders(PlatformSchema.of("agents")).requireDeletable(ReferenceTarget.of("agent"), id);
          return update(
              PlatformSchema.of("agents"),
              "UPDATE agents.agents SET deleted_at = now() WHERE deleted_at IS NULL AND id = "
                  + id);
        });
  }

  void restoreAgent(long id) {
    node(PlatformSchema.of("agents"))
        .inTransaction(() -> {
          lock(PlatformSchema.of("agents"), "agents.agents", id);
          long owner =
              id(
                  PlatformSchema.of("agents"),
                  "SELECT owner_id FROM agents.agents WHERE id = " + id);
          verifier(PlatformSchema.of("agents")).pin(ReferenceTarget.USER.pin("owner_id", owner));
          return update(
              PlatformSchema.of("agents"),
              "UPDATE agents.agents SET deleted_at = NULL WHERE id = " + id);
        });
  }

  /** Removes a deleted user for good, if nothing refers to it; whether it did. */
  boolean purgeUser(long id) {
    return node(PlatformSchema.USERS)
        .inTransaction(() -> {
          boolean deleted =
              node(PlatformSchema.USERS)
                  .sql()
                  .sql("SELECT deleted_at IS NOT NULL FROM users.users WHERE id = ? FOR UPDATE")
                  .param(id)
                  .query(Boolean.class)
                  .optional()
                  .orElse(false);
          return deleted
              && holders(PlatformSchema.USERS)
                  .referrers(ReferenceTarget.USER, List.of(id))
                  .isEmpty()
              && update(PlatformSchema.USERS, "DELETE FROM users.users WHERE id = " + id) == 1;
        });
  }

  ReferenceVerifier verifier(PlatformSchema schema) {
    return node(schema).bean(ReferenceVerifier.class);
  }

  ReferenceHolders holders(PlatformSchema schema) {
    return node(schema).bean(ReferenceHolders.class);
  }

  /** One number, as the service of this schema. */
  long id(PlatformSchema schema, String sql) {
    return node(schema).sql().sql(sql).query(Long.class).single();
  }

  int update(PlatformSchema schema, String sql) {
    return node(schema).sql().sql(sql).update();
  }

  /** As a superuser. */
  void run(PlatformSchema schema, String sql) throws SQLException {
    run(database(schema), sql);
  }

  private void lock(PlatformSchema schema, String table, long id) {
    id(schema, "SELECT id FROM %s WHERE id = %d FOR UPDATE".formatted(table, id));
  }

  private static void run(MigratedDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    nodes.values().forEach(PeerNode::close);
    proxies.values().forEach(FaultProxy::close);
  }
}
