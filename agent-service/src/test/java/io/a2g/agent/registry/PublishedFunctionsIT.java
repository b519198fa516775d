package io.a2g.agent.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.agent.AgentIT;
import io.a2g.common.security.Role;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.topology.PlatformSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What other schemas may ask, and with which rights. */
class PublishedFunctionsIT extends AgentIT {

  @Test
  void pinAgentKnowsWhoMayUseIt() throws SQLException {
    String dept = "F" + System.nanoTime();
    TestUser owner = users().make(Role.USER, dept);
    TestUser colleague = users().make(Role.USER, dept);
    TestUser stranger = users().user();
    long own = idOf(register(owner, "visibility", "PUBLIC"));
    long team = idOf(deployed(owner, "TEAM"));
    long open = idOf(deployed(owner, "PUBLIC"));

    assertThat(List.of(pin(own, owner), pin(team, owner), pin(open, owner)))
        .containsExactly(true, true, true);
    assertThat(List.of(pin(own, colleague), pin(team, colleague), pin(open, colleague)))
        .containsExactly(false, true, true);
    assertThat(List.of(pin(own, stranger), pin(team, stranger), pin(open, stranger)))
        .containsExactly(false, false, true);
    assertThat(pin(own, users().admin())).isTrue();
    assertThat(pin(999_999_999, owner)).isFalse();
  }

  @Test
  void pinAgentRefusesADeletedOne() throws SQLException {
    TestUser owner = users().user();
    String path = deployed(owner, "PUBLIC");
    as(owner).delete(path).expect(204);

    assertThat(pin(idOf(path), owner)).isFalse();
    assertThat(pin(idOf(path), users().admin())).isFalse();
  }

  @Test
  void pinAgentHoldsDeletionUntilTheTransactionEnds() throws SQLException {
    TestUser owner = users().user();
    long id = idOf(deployed(owner, "PUBLIC"));

    try (Connection chat = connect(PlatformSchema.of("chat"))) {
      chat.setAutoCommit(false);
      pin(chat, id, owner);
      assertThatThrownBy(() ->
              execute(
                  "SET lock_timeout = '200ms'; UPDATE agents.agents SET deleted_at = now()"
                      + " WHERE id = "
                      + id))
          .hasMessageContaining("lock timeout");
      execute("SET lock_timeout = '2s'; UPDATE agents.agents SET name = 'x' WHERE id = " + id);
      chat.rollback();
    }
    as(owner).delete(AGENTS + "/" + id).expect(204);
  }

  @Test
  void agentNamesKnowDeletedOnesToo() throws SQLException {
    TestUser owner = users().user();
    String name = freshName();
    String path = register(owner, "name", name);
    as(owner).delete(path).expect(204);

    try (Connection tracing = connect(PlatformSchema.of("tracing"));
        PreparedStatement statement =
            tracing.prepareStatement("SELECT name FROM agents.agent_names(ARRAY[?, -1])")) {
      statement.setLong(1, idOf(path));
      var rows = statement.executeQuery();

      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo(name);
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void othersMayCallTheFunctionsAndNothingElse() {
    for (String sql :
        List.of(
            "SELECT * FROM agents.agents",
            "SELECT * FROM agents.agent_embeddings",
            "SELECT agents.embedding_dimension()")) {
      assertDenied(PlatformSchema.of("chat"), sql);
    }
    assertDenied(PlatformSchema.of("admin"), "SELECT agents.pin_agent(1, 1, NULL, true)");
    assertDenied(PlatformSchema.USERS, "SELECT * FROM agents.agent_names(ARRAY[1::bigint])");
  }

  @Test
  void theServiceItselfCannotRewriteHistory() {
    for (String sql :
        List.of(
            "UPDATE agents.agent_status_changes SET reason = 'x'",
            "DELETE FROM agents.agent_status_changes",
            "DELETE FROM agents.flyway_schema_history",
            "TRUNCATE agents.agents")) {
      assertDenied(PlatformSchema.of("agents"), sql);
    }
  }

  private void assertDenied(PlatformSchema schema, String sql) {
    assertThatThrownBy(
            () -> {
              try (Connection connection = connect(schema);
                  var statement = connection.createStatement()) {
                statement.execute(sql);
              }
            })
        .as("%s: %s", schema, sql)
        .hasMessageContaining("permission denied");
  }

  private boolean pin(long id, TestUser user) throws SQLException {
    try (Connection chat = connect(PlatformSchema.of("chat"))) {
      return pin(chat, id, user);
    }
  }

  private static boolean pin(Connection connection, long id, TestUser user) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT agents.pin_agent(?, ?, ?, ?)")) {
      statement.setLong(1, id);
      statement.setLong(2, user.id());
      statement.setString(3, user.deptCode());
      statement.setBoolean(4, user.role() == Role.ADMIN);
      var row = statement.executeQuery();
      row.next();
      return row.getBoolean(1);
    }
  }

  private Connection connect(PlatformSchema schema) throws SQLException {
    return database().connect(database().app(schema));
  }
}
