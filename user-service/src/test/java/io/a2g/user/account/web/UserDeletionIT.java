package io.a2g.user.account.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user who owns agents goes only when somebody gets them. */
class UserDeletionIT extends PlatformIT {

  private TestUser admin;
  private TestUser owner;

  @BeforeEach
  void makeUsers() {
    admin = users().admin();
    owner = users().user();
  }

  @Test
  void ownerOfAgentsIsKeptAndTheHoldersAreListed() throws SQLException {
    long agent = agentOf(owner, "one");
    long other = agentOf(owner, "two");

    Answer refused = as(admin).delete(path(owner)).expectProblem(409, "still_referenced");

    assertThat(refused.at("/holders/0/service").asString()).isEqualTo("agent-service");
    assertThat(refused.at("/holders/0/reference").asString()).isEqualTo("agents.owner_id");
    assertThat(refused.at("/holders/0/count").asInt()).isEqualTo(2);
    assertThat(refused.at("/holders/0/first_ids/0").asLong()).isEqualTo(agent);
    assertThat(refused.at("/holders/0/first_ids/1").asLong()).isEqualTo(other);
    as(owner).get("/api/v1/users/me").expect(200);
  }

  @Test
  void deletedAgentsAndConversationsDoNotPreventDeletion() throws SQLException {
    long agent = agentOf(owner, "one");
    run("UPDATE agents.agents SET deleted_at = now() WHERE id = " + agent);
    run(
        "INSERT INTO chat.chat_sessions (user_id, agent_id, trace_id) VALUES (%d, %d, md5('%d'))"
            .formatted(owner.id(), agent, System.nanoTime()));

    as(admin).delete(path(owner)).expect(204);
  }

  @Test
  void agentsAreHandedOverInTheSameStep() throws SQLException {
    long agent = agentOf(owner, "one");
    TestUser heir = users().user();

    as(admin).delete(path(owner) + "?transfer_to=" + heir.id()).expect(204);

    assertThat(one("SELECT owner_id FROM agents.agents WHERE id = " + agent)).isEqualTo(heir.id());
    assertThat(one("SELECT version FROM agents.agents WHERE id = " + agent)).isEqualTo(1);
    as(owner).get("/api/v1/users/me").expect(401);
  }

  @Test
  void nameThatTheHeirUsesRefusesAllOfIt() throws SQLException {
    agentOf(owner, "free");
    agentOf(owner, "Taken");
    TestUser heir = users().user();
    agentOf(heir, "taken");

    as(admin)
        .delete(path(owner) + "?transfer_to=" + heir.id())
        .expectProblem(409, "already_exists", "transfer_to");

    assertThat(one("SELECT count(*) FROM agents.agents WHERE owner_id = " + owner.id()))
        .isEqualTo(2);
    as(owner).get("/api/v1/users/me").expect(200);
  }

  @Test
  void heirMustBeAnotherLiveApprovedUser() throws SQLException {
    agentOf(owner, "one");
    TestUser gone = users().user();
    users().delete(gone);
    TestUser pending = users().make(io.a2g.common.security.Role.PENDING, null);

    refuse("999999999", "reference_not_found");
    refuse(Long.toString(gone.id()), "reference_not_found");
    refuse(Long.toString(pending.id()), "validation_failed");
    refuse(Long.toString(owner.id()), "validation_failed");
    as(admin)
        .delete(path(owner) + "?transfer_to=x")
        .expectProblem(400, "invalid_parameter", "transfer_to");
  }

  @Test
  void deletionIsRefusedWhileTheOtherSchemaCannotAnswer() throws SQLException {
    run("ALTER FUNCTION agents.references_to(text, bigint[], boolean) RENAME TO away");
    try {
      as(admin).delete(path(owner)).expectProblem(503, "unavailable");
    } finally {
      run("ALTER FUNCTION agents.away(text, bigint[], boolean) RENAME TO references_to");
    }
    as(owner).get("/api/v1/users/me").expect(200);
  }

  private void refuse(String heir, String code) {
    as(admin).delete(path(owner) + "?transfer_to=" + heir).expectProblem(422, code, "transfer_to");
  }

  private static String path(TestUser user) {
    return "/api/v1/users/" + user.id();
  }

  private long agentOf(TestUser user, String name) throws SQLException {
    return one(
        "INSERT INTO agents.agents (owner_id, name, framework) VALUES (%d, '%s', 'ADK') RETURNING id"
            .formatted(user.id(), name));
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = database().connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long one(String sql) throws SQLException {
    try (Connection connection = database().connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
