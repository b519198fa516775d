package io.a2g.agent.registry.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.agent.AgentIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the users schema does not answer, the caller may come again and nothing is stored. */
class ReferenceFaultsIT extends AgentIT {

  private TestUser owner;

  @BeforeEach
  void makeOwner() {
    owner = users().user();
    as(owner).get(AGENTS).expect(200);
  }

  @AfterEach
  void nothingWasStored() {
    assertThat(ids(owner, AGENTS + "?owner_id=" + owner.id())).isEmpty();
  }

  @Test
  void functionIsMissing() throws SQLException {
    execute("ALTER FUNCTION users.pin_user(bigint) RENAME TO away");
    try {
      refused();
    } finally {
      execute("ALTER FUNCTION users.away(bigint) RENAME TO pin_user");
    }
  }

  @Test
  void rightToCallItIsRevoked() throws SQLException {
    execute("REVOKE EXECUTE ON FUNCTION users.pin_user(bigint) FROM agents_app");
    try {
      refused();
    } finally {
      execute("GRANT EXECUTE ON FUNCTION users.pin_user(bigint) TO agents_app");
    }
  }

  @Test
  void ownerIsLockedForTooLong() throws SQLException {
    try (Connection holder = database().connect();
        var statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("SELECT FROM users.users WHERE id = %d FOR UPDATE".formatted(owner.id()));

      refused();
    }
  }

  private void refused() {
    Answer answer = as(owner).post(AGENTS, agent()).expectProblem(503, "unavailable");
    assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
  }
}
