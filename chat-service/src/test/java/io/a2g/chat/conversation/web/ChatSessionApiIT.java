package io.a2g.chat.conversation.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.chat.ChatIT;
import io.a2g.common.security.Role;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatSessionApiIT extends ChatIT {

  private TestUser user;

  @BeforeEach
  void makeUser() {
    user = users().user();
  }

  @Test
  void openStoresTheSessionUnderATraceIdOfItsOwn() {
    long agent = agents().of(user);

    Answer opened = as(user).post(SESSIONS, object("agent_id", agent, "title", "가")).expect(201);

    assertThat(opened.header("Location")).isEqualTo(SESSIONS + "/" + opened.id());
    assertThat(opened.header("ETag")).isEqualTo("\"0\"");
    assertThat(opened.at("/trace_id").asString()).matches("[0-9a-f]{32}");
    assertThat(opened.at("/user_id").asLong()).isEqualTo(user.id());
    assertThat(opened.at("/agent_id").asLong()).isEqualTo(agent);
    assertThat(opened.at("/last_message_at").isNull()).isTrue();
    assertThat(as(user).get(SESSIONS + "/" + opened.id()).expect(200).json())
        .isEqualTo(opened.json());
    Answer second = as(user).post(SESSIONS, object("agent_id", agent)).expect(201);
    assertThat(second.at("/trace_id")).isNotEqualTo(opened.at("/trace_id"));
  }

  @Test
  void openTwiceWithOneIdempotencyKeyOpensOne() {
    var body = object("agent_id", agents().of(user));
    String key = UUID.randomUUID().toString();

    Answer first = as(user).post(SESSIONS, body, "Idempotency-Key", key).expect(201);
    Answer second = as(user).post(SESSIONS, body, "Idempotency-Key", key).expect(201);

    assertThat(second.json()).isEqualTo(first.json());
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(idsOf(user, SESSIONS + "?limit=200")).containsExactly(first.id());
    as(user)
        .post(SESSIONS, object("agent_id", agents().of(user)), "Idempotency-Key", key)
        .expectProblem(422, "idempotency_key_reused");
  }

  @ParameterizedTest
  @CsvSource({
    "DEPLOYED, PUBLIC, A, true",
    "DEPLOYED, TEAM, A, false",
    "DEPLOYED, TEAM, T, true",
    "DEPLOYED, PRIVATE, T, false",
    "DEVELOPMENT, PUBLIC, T, false",
    "DISABLED, PUBLIC, T, false",
  })
  void openNeedsAnAgentThatTheUserMayUse(
      String status, String visibility, String department, boolean usable) {
    long agent = agents().make(users().make(Role.USER, "T"), status, visibility);
    TestUser colleague = users().make(Role.USER, department);

    Answer answer = as(colleague).post(SESSIONS, object("agent_id", agent));

    if (usable) {
      answer.expect(201);
    } else {
      answer.expectProblem(422, "reference_not_found", "agent_id");
      assertThat(idsOf(colleague, SESSIONS + "?limit=200")).isEmpty();
    }
  }

  @Test
  void openWithAnUnknownOrDeletedAgentNamesTheFieldAndStoresNothing() {
    long deleted = agents().of(user);
    agents().delete(deleted);

    for (long agent : new long[] {deleted, 999_999_999, 0, -1}) {
      as(user)
          .post(SESSIONS, object("agent_id", agent))
          .expectProblem(422, "reference_not_found", "agent_id");
    }

    assertThat(idsOf(user, SESSIONS + "?limit=200")).isEmpty();
  }

  @Test
  void openByADeletedUserWhoseKeyIsStillRememberedStoresNothing() {
    long agent = agents().of(user);
    as(user).get(SESSIONS).expect(200);
    users().delete(user);

    as(user)
        .post(SESSIONS, object("agent_id", agent))
        .expectProblem(422, "reference_not_found", "user_id");

    assertThat(number("SELECT count(*) FROM chat.chat_sessions WHERE user_id = ?", user.id()))
        .isZero();
  }

  @Test
  void openForAnotherUserIsForAdministratorsAndForThatUsersAgents() {
    TestUser admin = users().admin();
    TestUser member = users().make(Role.USER, "T" + user.id());
    TestUser colleague = users().make(Role.USER, member.deptCode());
    long team = agents().make(member, "DEPLOYED", "TEAM");
    long admins = agents().of(admin);

    as(user)
        .post(SESSIONS, object("agent_id", team, "user_id", colleague.id()))
        .expectProblem(403, "forbidden");
    Answer opened =
        as(admin).post(SESSIONS, object("agent_id", team, "user_id", colleague.id())).expect(201);
    as(admin)
        .post(SESSIONS, object("agent_id", admins, "user_id", user.id()))
        .expectProblem(422, "reference_not_found", "agent_id");
    as(admin)
        .post(SESSIONS, object("agent_id", team, "user_id", user.id()))
        .expectProblem(422, "reference_not_found", "agent_id");
    as(admin)
        .post(SESSIONS, object("agent_id", team, "user_id", 999_999_999))
        .expectProblem(422, "reference_not_found", "user_id");

    as(colleague).get(SESSIONS + "/" + opened.id()).expect(200);
    as(admin).post(SESSIONS, object("agent_id", team)).expect(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "",
        "[]",
        "{\"agent_id\": 1, \"agent_id\": 2}",
        "{\"agent_id\": \"1\"}",
        "{\"agent_id\": 1.5}",
        "{\"agent_id\": true}",
        "{\"agent_id\": 99999999999999999999}",
        "{\"agent_id\": 1, \"trace_id\": \"00000000000000000000000000000001\"}",
        "{\"agent_id\": 1, \"id\": 1}",
        "{\"agent_id\": 1, \"title\": 5}",
        "{\"agent_id\": 1, \"title\": \"a\\u0000b\"}",
        "{\"agent_id\": 1, \"title\": \"\\ud800\"}",
      })
  void openFromABodyThatDoesNotFitIs400(String body) {
    Answer answer = as(user).post(SESSIONS, body);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.at("/code").asString()).isIn("malformed_json", "invalid_body");
  }

  @Test
  void openFromABodyThatBreaksARuleIs422() {
    as(user).post(SESSIONS, "{}").expectProblem(422, "validation_failed", "agent_id");
    as(user)
        .post(SESSIONS, object("agent_id", agents().of(user), "title", "x".repeat(201)))
        .expectProblem(422, "validation_failed", "title");
    as(user)
        .post(SESSIONS, object("agent_id", agents().of(user), "title", ""))
        .expectProblem(422, "validation_failed", "title");
  }

  @Test
  void sessionsOfOthersLookMissing() {
    String path = SESSIONS + "/" + sessionOf(user);
    TestUser other = users().user();

    as(other).get(path).expectProblem(404, "not_found");
    as(other).patch(path, object("title", "x")).expectProblem(404, "not_found");
    as(other).delete(path).expectProblem(404, "not_found");
    as(other).post(path + "/restore", "").expectProblem(404, "not_found");
    as(other).get(SESSIONS + "/999999999").expectProblem(404, "not_found");
    as(other).get(SESSIONS + "/x").expectProblem(400, "invalid_parameter", "id");
    as(users().admin()).get(path).expect(200);
    as(users().make(Role.PENDING, null)).get(path).expectProblem(403, "forbidden");
    anonymous().get(path).expectProblem(401, "unauthenticated");
  }

  @Test
  void listShowsOwnSessionsNewestFirstAcrossPages() {
    long agent = agents().of(user);
    List<Long> withAgent = new ArrayList<>();
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      long id = as(user).post(SESSIONS, object("agent_id", agent)).expect(201).id();
      withAgent.addFirst(id);
      all.addFirst(id);
      all.addFirst(sessionOf(user));
    }

    assertThat(idsOf(user, SESSIONS + "?limit=3")).isEqualTo(all);
    assertThat(idsOf(user, SESSIONS + "?limit=2&agent_id=" + agent)).isEqualTo(withAgent);
    assertThat(idsOf(users().admin(), SESSIONS + "?limit=3&user_id=" + user.id())).isEqualTo(all);
    assertThat(idsOf(users().user(), SESSIONS + "?limit=3")).isEmpty();
    as(users().user()).get(SESSIONS + "?user_id=" + user.id()).expectProblem(403, "forbidden");
  }

  @Test
  void listWithACursorFromElsewhereIs400() {
    sessionOf(user);
    sessionOf(user);
    String cursor = as(user).get(SESSIONS + "?limit=1").at("/next_cursor").asString();

    for (String other :
        List.of(
            SESSIONS + "?agent_id=1&cursor=" + cursor,
            SESSIONS + "?deleted=true&cursor=" + cursor,
            "/api/v1/files?cursor=" + cursor,
            SESSIONS + "?cursor=" + cursor + "A",
            SESSIONS + "?cursor=%01")) {
      as(user).get(other).expectProblem(400, "invalid_cursor");
    }
    as(users().user()).get(SESSIONS + "?cursor=" + cursor).expectProblem(400, "invalid_cursor");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"limit=-1", "limit=0", "limit=201", "limit=x", "agent_id=x", "deleted=maybe"})
  void listWithABadParameterIs400(String parameter) {
    as(user).get(SESSIONS + "?" + parameter).expectProblem(400, "invalid_parameter");
  }

  @Test
  void renameChangesAndClearsTheTitle() {
    String path = SESSIONS + "/" + sessionOf(user);

    Answer renamed = as(user).patch(path, object("title", "회의록")).expect(200);

    assertThat(renamed.at("/title").asString()).isEqualTo("회의록");
    assertThat(renamed.header("ETag")).isEqualTo("\"1\"");
    assertThat(as(user).patch(path, "{}").expect(200).at("/title").asString()).isEqualTo("회의록");
    assertThat(as(user).patch(path, "{\"title\": null}").expect(200).at("/title").isNull())
        .isTrue();
  }

  @Test
  void renameOfWhatIsNotATitleIsRefused() {
    String path = SESSIONS + "/" + sessionOf(user);

    for (String field : List.of("agent_id", "user_id", "trace_id", "version", "deleted_at")) {
      as(user).patch(path, object(field, 1)).expectProblem(400, "invalid_body", field);
    }
    as(user).patch(path, "[]").expectProblem(400, "invalid_body");
    as(user)
        .patch(path, object("title", "x".repeat(201)))
        .expectProblem(422, "validation_failed", "title");
  }

  @Test
  void changesWithAStaleTagAre412AndChangeNothing() {
    String path = SESSIONS + "/" + sessionOf(user);
    as(user).patch(path, object("title", "one"), "If-Match", "\"0\"").expect(200);

    as(user)
        .patch(path, object("title", "two"), "If-Match", "\"0\"")
        .expectProblem(412, "precondition_failed");
    as(user).delete(path, "If-Match", "\"0\"").expectProblem(412, "precondition_failed");
    as(user)
        .patch(path, object("title", "two"), "If-Match", "zero")
        .expectProblem(400, "invalid_request");

    assertThat(as(user).get(path).at("/title").asString()).isEqualTo("one");
    as(user).delete(path, "If-Match", "\"1\"").expect(204);
  }

  @Test
  void deletedSessionIsGoneUntilRestored() {
    long id = sessionOf(user);
    String path = SESSIONS + "/" + id;
    as(user).post(path + "/messages", object("role", "USER", "content", "hi")).expect(201);

    as(user).delete(path).expect(204);

    as(user).get(path).expectProblem(404, "not_found");
    as(user).get(path + "/messages").expectProblem(404, "not_found");
    as(user).patch(path, object("title", "x")).expectProblem(404, "not_found");
    as(user).delete(path).expectProblem(404, "not_found");
    TestUser admin = users().admin();
    assertThat(as(admin).get(path).expect(200).at("/deleted_at").isNull()).isFalse();
    as(admin).get(path + "/messages").expectProblem(404, "not_found");
    assertThat(idsOf(user, SESSIONS + "?limit=200")).isEmpty();
    assertThat(idsOf(user, SESSIONS + "?limit=200&deleted=true")).containsExactly(id);
    Answer restored = as(user).post(path + "/restore", "").expect(200);
    assertThat(restored.at("/deleted_at").isNull()).isTrue();
    assertThat(idsOf(user, path + "/messages?limit=200")).hasSize(1);
    as(user).post(path + "/restore", "").expect(200);
    String events = "/api/v1/audit-events?action=session.restored&resource_id=" + id;
    assertThat(as(admin).get(events).expect(200).at("/items")).as("second time").hasSize(1);
  }

  @Test
  void restoreWithoutTheAgentNamesTheField() {
    long agent = agents().of(user);
    String path =
        SESSIONS + "/" + as(user).post(SESSIONS, object("agent_id", agent)).expect(201).id();
    as(user).delete(path).expect(204);
    agents().delete(agent);

    as(user).post(path + "/restore", "").expectProblem(422, "reference_not_found", "agent_id");

    as(user).get(path).expectProblem(404, "not_found");
  }

  @Test
  void restoreByAnAdministratorStillNeedsTheUsersRights() {
    TestUser admin = users().admin();
    long foreign = agents().make(users().user(), "DEPLOYED", "PUBLIC");
    String path =
        SESSIONS + "/" + as(user).post(SESSIONS, object("agent_id", foreign)).expect(201).id();
    as(user).delete(path).expect(204);
    number("UPDATE agents.agents SET status = 'DISABLED' WHERE id = ? RETURNING id", foreign);

    as(admin).post(path + "/restore", "").expectProblem(422, "reference_not_found", "agent_id");
    number("UPDATE agents.agents SET status = 'DEPLOYED' WHERE id = ? RETURNING id", foreign);

    as(admin).post(path + "/restore", "").expect(200);
  }

  @Test
  void restoreAfterThirtyDaysIsRefused() {
    long id = sessionOf(user);
    as(user).delete(SESSIONS + "/" + id).expect(204);
    number(
        """
        UPDATE chat.chat_sessions SET deleted_at = now() - interval '31 days'
        WHERE id = ? RETURNING id
        """,
        id);

    as(user).post(SESSIONS + "/" + id + "/restore", "").expectProblem(409, "conflict");
  }
}
