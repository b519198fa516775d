package io.a2g.tracing.trace.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.security.Role;
import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import io.a2g.tracing.TraceIds;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceApiIT extends PlatformIT {

  private static final String TRACES = "/api/v1/traces";

  private TestUser user;
  private TestUser admin;

  @BeforeEach
  void makeUsers() {
    user = users().user();
    admin = users().admin();
  }

  @Test
  void createStoresEverythingAndAnswersWithLocationAndTag() {
    String id = TraceIds.fresh();

    Answer created =
        as(user)
            .post(
                TRACES,
                object(
                    "trace_id", id,
                    "name", "질문에 답하기",
                    "started_at", "2026-01-02T03:04:05.123456789+09:00",
                    "ended_at", "2026-01-01T18:04:06Z"))
            .expect(201);

    assertThat(created.header("Location")).isEqualTo(TRACES + "/" + id);
    assertThat(created.header("ETag")).isEqualTo("\"0\"");
    Answer read = as(user).get(TRACES + "/" + id).expect(200);
    assertThat(read.json()).isEqualTo(created.json());
    assertThat(read.at("/trace_id").asString()).isEqualTo(id);
    assertThat(read.at("/user_id").asLong()).isEqualTo(user.id());
    assertThat(read.at("/name").asString()).isEqualTo("질문에 답하기");
    assertThat(read.at("/started_at").asString()).isEqualTo("2026-01-01T18:04:05.123456Z");
    assertThat(read.at("/ended_at").asString()).isEqualTo("2026-01-01T18:04:06Z");
  }

  @Test
  void createWithAnIdAloneStartsNow() {
    Instant before = Instant.now().minusSeconds(60);

    Answer created = as(user).post(TRACES, object("trace_id", TraceIds.fresh())).expect(201);

    assertThat(Instant.parse(created.at("/started_at").asString()))
        .isBetween(before, Instant.now().plusSeconds(60));
    for (String field : List.of("ended_at", "session_id", "agent_id", "name", "deleted_at")) {
      assertThat(created.at("/" + field).isNull()).as(field).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "00000000000000000000000000000000",
        "0AF7651916CD43DD8448EB211C80319C",
        "0af7651916cd43dd8448eb211c80319",
        "0af7651916cd43dd8448eb211c80319c0",
        "0af7651916cd43dd8448eb211c80319g",
        "0af7651916cd43dd8448eb211c80319c\\n",
      })
  void createWithABadTraceIdIs422(String id) {
    as(user)
        .post(TRACES, "{\"trace_id\": \"" + id + "\"}")
        .expectProblem(422, "validation_failed", "trace_id");
  }

  @Test
  void traceIdIsTakenForAllUsersAndForGood() {
    String id = register(user);

    as(user).post(TRACES, object("trace_id", id)).expectProblem(409, "already_exists", "trace_id");
    as(users().user())
        .post(TRACES, object("trace_id", id))
        .expectProblem(409, "already_exists", "trace_id");
    as(user).delete(TRACES + "/" + id).expect(204);
    as(user).post(TRACES, object("trace_id", id)).expectProblem(409, "already_exists", "trace_id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{\"trace_id\": 5}",
        "{\"id\": 5}",
        "{\"trace_id\": \"a\", \"trace_id\": \"b\"}",
        "{\"started_at\": 5}",
        "{\"started_at\": \"now\"}",
        "{\"started_at\": \"-99999-01-01T00:00:00Z\"}",
        "{\"session_id\": \"5\"}",
        "{\"session_id\": 1.5}",
        "{\"agent_id\": 99999999999999999999}",
        "{\"name\": \"a\\u0000b\"}",
        "{\"name\": \"\\ud800\"}",
      })
  void createFromABodyThatDoesNotFitIs400(String body) {
    Answer answer = as(user).post(TRACES, body);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.at("/code").asString()).isIn("malformed_json", "invalid_body");
  }

  @Test
  void createThatBreaksARuleIs422AndStoresNothing() {
    String later = Instant.now().plus(Duration.ofHours(25)).toString();
    String id = TraceIds.fresh();

    refuses(id, "name", "x".repeat(201));
    refuses(id, "started_at", later);
    refuses(id, "started_at", "1999-12-31T23:59:59Z");
    refuses(id, "ended_at", later);
    refuses(id, "ended_at", "2001-01-01T00:00:00Z");

    as(user).get(TRACES + "/" + id).expectProblem(404, "not_found");
  }

  @Test
  void onlyAnAdministratorRegistersForAnotherUser() {
    var body = object("trace_id", TraceIds.fresh(), "user_id", user.id());

    as(users().user()).post(TRACES, body).expectProblem(403, "forbidden");
    as(admin).post(TRACES, body).expect(201);

    as(user).get(TRACES + "/" + body.get("trace_id")).expect(200);
    assertThat(as(user).get(TRACES).at("/items").size()).isEqualTo(1);
  }

  @Test
  void repeatedCreateGetsTheSameAnswer() {
    String key = UUID.randomUUID().toString();
    var body = object("trace_id", TraceIds.fresh());

    Answer first = as(user).post(TRACES, body, "Idempotency-Key", key).expect(201);
    Answer second = as(user).post(TRACES, body, "Idempotency-Key", key).expect(201);

    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
  }

  @Test
  void tracesOfOthersLookMissing() {
    TestUser other = users().user();
    String address = TRACES + "/" + register(user);

    as(other).get(address).expectProblem(404, "not_found");
    as(other).patch(address, object("name", "x")).expectProblem(404, "not_found");
    as(other).delete(address).expectProblem(404, "not_found");
    as(other).post(address + "/restore", "").expectProblem(404, "not_found");
    assertThat(as(other).get(TRACES).at("/items").size()).isZero();
    as(other).get(TRACES + "?user_id=" + user.id()).expectProblem(403, "forbidden");

    as(admin).get(address).expect(200);
    as(admin).patch(address, object("name", "seen")).expect(200);
    assertThat(as(admin).get(TRACES + "?user_id=" + user.id()).at("/items").size()).isEqualTo(1);
    assertThat(as(user).get(TRACES + "?user_id=" + user.id()).at("/items").size()).isEqualTo(1);
  }

  @Test
  void strangersGetNothing() {
    anonymous().get(TRACES).expectProblem(401, "unauthenticated");
    as(users().make(Role.PENDING, null)).get(TRACES).expectProblem(403, "forbidden");
  }

  @Test
  void unknownTraceIs404() {
    for (String id :
        List.of("x", "0", TraceIds.fresh(), TraceIds.fresh().toUpperCase(Locale.ROOT))) {
      as(admin).get(TRACES + "/" + id).expectProblem(404, "not_found");
      as(admin).delete(TRACES + "/" + id).expectProblem(404, "not_found");
      as(admin).patch(TRACES + "/" + id, "{}").expectProblem(404, "not_found");
      as(admin).post(TRACES + "/" + id + "/restore", "").expectProblem(404, "not_found");
    }
  }

  @Test
  void patchChangesWhatItNamesAndClearsWithNull() {
    String address = TRACES + "/" + register(user, "name", "before");

    Answer ended =
        as(user).patch(address, object("ended_at", Instant.now().toString())).expect(200);
    Answer cleared = as(user).patch(address, "{\"name\": null}").expect(200);

    assertThat(ended.at("/name").asString()).isEqualTo("before");
    assertThat(cleared.at("/name").isNull()).isTrue();
    assertThat(cleared.at("/ended_at")).isEqualTo(ended.at("/ended_at"));
    assertThat(cleared.header("ETag")).isEqualTo("\"2\"");
  }

  @Test
  void patchThatBreaksARuleChangesNothing() {
    String address = TRACES + "/" + register(user);

    for (String field : List.of("trace_id", "user_id", "id", "version", "deleted_at")) {
      as(user).patch(address, object(field, 1)).expectProblem(400, "invalid_body", field);
    }
    as(user).patch(address, "[]").expectProblem(400, "invalid_body");
    as(user)
        .patch(address, "{\"started_at\": null}")
        .expectProblem(422, "validation_failed", "started_at");
    as(user)
        .patch(address, object("ended_at", "2001-01-01T00:00:00Z"))
        .expectProblem(422, "validation_failed", "ended_at");

    assertThat(as(user).get(address).at("/version").asInt()).isZero();
  }

  @Test
  void staleTagIs412AndChangesNothing() {
    String address = TRACES + "/" + register(user);
    as(user).patch(address, object("name", "one"), "If-Match", "\"0\"").expect(200);

    as(user)
        .patch(address, object("name", "two"), "If-Match", "\"0\"")
        .expectProblem(412, "precondition_failed");
    as(user).delete(address, "If-Match", "\"0\"").expectProblem(412, "precondition_failed");
    as(user).delete(address, "If-Match", "0").expectProblem(400, "invalid_request");

    assertThat(as(user).get(address).at("/name").asString()).isEqualTo("one");
    as(user).delete(address, "If-Match", "\"1\"").expect(204);
  }

  @Test
  void deletedTraceIsGoneUntilRestored() {
    String id = register(user);
    String address = TRACES + "/" + id;
    as(user).delete(address).expect(204);

    as(user).get(address).expectProblem(404, "not_found");
    as(user).patch(address, "{}").expectProblem(404, "not_found");
    as(user).delete(address).expectProblem(404, "not_found");
    assertThat(as(user).get(TRACES).at("/items").size()).isZero();
    assertThat(as(user).get(TRACES + "?deleted=true").at("/items/0/trace_id").asString())
        .isEqualTo(id);
    as(admin).get(address).expect(200);
    as(user).post(address + "/restore", "").expect(200);

    as(user).get(address).expect(200);
    as(user).post(address + "/restore", "").expect(200);
  }

  @Test
  void restoreAfterThirtyDaysIsRefused() throws SQLException {
    String id = register(user);
    as(user).delete(TRACES + "/" + id).expect(204);
    try (var connection = database().connect();
        var statement =
            connection.prepareStatement(
                "UPDATE tracing.trace_metadata SET deleted_at = now() - interval '31 days'"
                    + " WHERE trace_id = ?")) {
      statement.setString(1, id);
      statement.executeUpdate();
    }

    as(user).post(TRACES + "/" + id + "/restore", "").expectProblem(409, "conflict");
  }

  @Test
  void listShowsEveryTraceOnceNewestFirstAcrossPages() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.addFirst(register(user));
    }

    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = as(user).get(TRACES + "?limit=2" + cursor).expect(200);
      page.at("/items").forEach(item -> seen.add(item.path("trace_id").asString()));
      cursor =
          page.at("/next_cursor").isNull() ? "" : "&cursor=" + page.at("/next_cursor").asString();
    } while (!cursor.isEmpty());

    assertThat(seen).isEqualTo(made);
  }

  @Test
  void listWithBadParametersIs400() {
    register(user);
    register(user);
    String cursor = as(user).get(TRACES + "?limit=1").at("/next_cursor").asString();

    as(user).get(TRACES + "?limit=1&cursor=" + cursor).expect(200);
    as(user)
        .get(TRACES + "?limit=1&agent_id=1&cursor=" + cursor)
        .expectProblem(400, "invalid_cursor");
    as(user).get(TRACES + "?cursor=AAAA").expectProblem(400, "invalid_cursor");
    for (String query : List.of("limit=0", "limit=201", "limit=x", "agent_id=x", "deleted=maybe")) {
      String parameter = query.substring(0, query.indexOf('='));
      as(user).get(TRACES + "?" + query).expectProblem(400, "invalid_parameter", parameter);
    }
  }

  private void refuses(String id, String field, Object value) {
    as(user)
        .post(TRACES, object("trace_id", id, field, value))
        .expectProblem(422, "validation_failed", field);
  }

  private String register(TestUser owner, Object... more) {
    var body = object("trace_id", TraceIds.fresh());
    body.putAll(object(more));
    as(owner).post(TRACES, body).expect(201);
    return (String) body.get("trace_id");
  }
}
