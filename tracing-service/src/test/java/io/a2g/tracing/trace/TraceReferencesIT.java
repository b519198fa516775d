package io.a2g.tracing.trace;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.security.Role;
import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestAgents;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import io.a2g.tracing.TraceIds;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a trace refers to exists, and is this caller's to refer to. */
class TraceReferencesIT extends PlatformIT {

  private static final String TRACES = "/api/v1/traces";

  private TestAgents agents;
  private TestUser user;
  private TestUser other;

  @BeforeEach
  void makeUsers() {
    agents = new TestAgents(database());
    user = users().user();
    other = users().make(Role.USER, "D" + System.nanoTime());
  }

  @Test
  void traceOfTheOwnSessionWithTheOwnAgent() {
    long agent = agents.of(user);
    String id = TraceIds.fresh();
    long session = session(user, agent, id);

    Answer created = create(user, id, session, agent).expect(201);

    assertThat(created.at("/session_id").asLong()).isEqualTo(session);
    assertThat(created.at("/agent_id").asLong()).isEqualTo(agent);
    assertThat(as(user).get(TRACES + "?session_id=" + session).at("/items").size()).isEqualTo(1);
    assertThat(as(user).get(TRACES + "?agent_id=" + agent).at("/items").size()).isEqualTo(1);
    assertThat(as(other).get(TRACES + "?agent_id=" + agent).at("/items").size()).isZero();
    assertThat(as(user).get(TRACES + "?agent_id=" + (agent + 1)).at("/items").size()).isZero();
  }

  @Test
  void agentsOfOthersMustBeDeployedForTheCaller() {
    TestUser colleague = users().make(Role.USER, other.deptCode());
    long hidden = agents.make(other, "DEPLOYED", "PRIVATE");
    long unfinished = agents.make(other, "DEVELOPMENT", "PUBLIC");
    long team = agents.make(other, "DEPLOYED", "TEAM");
    long open = agents.make(other, "DEPLOYED", "PUBLIC");

    for (long agent : new long[] {hidden, unfinished, team}) {
      create(user, TraceIds.fresh(), null, agent)
          .expectProblem(422, "reference_not_found", "agent_id");
    }
    create(user, TraceIds.fresh(), null, open).expect(201);
    create(colleague, TraceIds.fresh(), null, team).expect(201);
    create(users().admin(), TraceIds.fresh(), null, hidden).expect(201);
  }

  @Test
  void sessionsOfOthersAreNotForTheCaller() {
    String id = TraceIds.fresh();
    long agent = agents.make(other, "DEPLOYED", "PUBLIC");
    long session = session(other, agent, id);

    create(user, id, session, null).expectProblem(422, "reference_not_found", "session_id");
    create(users().admin(), id, session, null).expect(201);
  }

  @Test
  void sessionHasItsOwnTraceIdAndNoOther() {
    long agent = agents.of(user);
    long session = session(user, agent, TraceIds.fresh());
    String id = TraceIds.fresh();

    Answer refused =
        create(user, id, session, agent).expectProblem(422, "reference_not_found", "session_id");
    assertThat(refused.at("/detail").asString()).contains("session_id", "whose trace_id is this");
    create(users().admin(), id, session, agent)
        .expectProblem(422, "reference_not_found", "session_id");

    as(user).get(TRACES + "/" + id).expectProblem(404, "not_found");
  }

  @Test
  void unknownAndDeletedTargetsAreNamedAndNothingIsStored() {
    long agent = agents.of(user);
    String id = TraceIds.fresh();
    long session = session(user, agent, id);
    deleteSession(session);
    agents.delete(agent);

    Answer deleted = create(user, id, session, agent);
    Answer unknown = create(user, id, 999_999_999L, -1L);

    for (Answer answer : new Answer[] {deleted, unknown}) {
      answer
          .expectProblem(422, "reference_not_found", "agent_id")
          .expectProblem(422, "reference_not_found", "session_id");
    }
    as(users().admin()).get(TRACES + "/" + id).expectProblem(404, "not_found");
  }

  @Test
  void patchChecksWhatItChangesAndNothingElse() {
    long agent = agents.of(user);
    long another = agents.of(user);
    String id = TraceIds.fresh();
    create(user, id, null, agent).expect(201);
    agents.delete(agent);
    String address = TRACES + "/" + id;

    as(user).patch(address, object("name", "kept", "agent_id", agent)).expect(200);
    as(user)
        .patch(address, object("agent_id", 999_999_999))
        .expectProblem(422, "reference_not_found", "agent_id");
    as(user)
        .patch(address, object("session_id", 999_999_999))
        .expectProblem(422, "reference_not_found", "session_id");
    as(user).patch(address, object("agent_id", another)).expect(200);
    as(user)
        .patch(address, object("agent_id", agent))
        .expectProblem(422, "reference_not_found", "agent_id");
    as(user).patch(address, "{\"agent_id\": null}").expect(200);
  }

  @Test
  void restoreNeedsWhatTheTraceRefersTo() {
    long agent = agents.of(user);
    String id = TraceIds.fresh();
    create(user, id, null, agent).expect(201);
    as(user).delete(TRACES + "/" + id).expect(204);
    agents.delete(agent);

    as(user)
        .post(TRACES + "/" + id + "/restore", "")
        .expectProblem(422, "reference_not_found", "agent_id");

    as(user).get(TRACES + "/" + id).expectProblem(404, "not_found");
  }

  private Answer create(TestUser caller, String id, Long session, Long agent) {
    return as(caller)
        .post(TRACES, object("trace_id", id, "session_id", session, "agent_id", agent));
  }

  private long session(TestUser owner, long agentId, String traceId) {
    return id(
        "INSERT INTO chat.chat_sessions (user_id, agent_id, trace_id) VALUES (%d, %d, '%s')"
            .formatted(owner.id(), agentId, traceId));
  }

  private void deleteSession(long id) {
    id("UPDATE chat.chat_sessions SET deleted_at = now() WHERE id = " + id);
  }

  private long id(String sql) {
    try (var connection = database().connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql + " RETURNING id")) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
