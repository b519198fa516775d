package io.a2g.chat.conversation.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.chat.ChatIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageApiIT extends ChatIT {

  private TestUser user;
  private String session;
  private String messages;

  @BeforeEach
  void openSession() {
    user = users().user();
    session = SESSIONS + "/" + sessionOf(user);
    messages = session + "/messages";
  }

  @Test
  void appendStoresTheMessageAndTouchesTheSession() {
    var metadata = object("model", "gpt-4o", "tokens", 12, "parts", List.of(Map.of("a", 1.5)));

    Answer appended =
        as(user)
            .post(messages, object("role", "USER", "content", "안녕 🙂", "metadata", metadata))
            .expect(201);

    assertThat(appended.header("Location")).isEqualTo(messages + "/" + appended.id());
    assertThat(as(user).get(messages + "/" + appended.id()).expect(200).json())
        .isEqualTo(appended.json());
    assertThat(appended.at("/content").asString()).isEqualTo("안녕 🙂");
    assertThat(appended.at("/metadata/parts/0/a").asDouble()).isEqualTo(1.5);
    Answer touched = as(user).get(session).expect(200);
    assertThat(touched.at("/last_message_at")).isEqualTo(appended.at("/created_at"));
    assertThat(touched.at("/title").asString()).isEqualTo("안녕 🙂");
  }

  @Test
  void onlyTheFirstUserMessageNamesTheSession() {
    append("SYSTEM", "You are an assistant");
    assertThat(as(user).get(session).at("/title").isNull()).isTrue();

    append("USER", "x".repeat(60));
    append("USER", "another");

    assertThat(as(user).get(session).at("/title").asString()).isEqualTo("x".repeat(50));
  }

  @Test
  void givenTitleStays() {
    as(user).patch(session, object("title", "mine")).expect(200);

    append("USER", "other");

    assertThat(as(user).get(session).at("/title").asString()).isEqualTo("mine");
  }

  @Test
  void appendTwiceWithOneIdempotencyKeyAppendsOnce() {
    var body = object("role", "USER", "content", "once");
    String key = UUID.randomUUID().toString();

    Answer first = as(user).post(messages, body, "Idempotency-Key", key).expect(201);
    Answer second = as(user).post(messages, body, "Idempotency-Key", key).expect(201);

    assertThat(second.json()).isEqualTo(first.json());
    assertThat(idsOf(user, messages + "?limit=200")).containsExactly(first.id());
  }

  @Test
  void listPagesInBothDirections() {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(append("USER", "message " + i));
    }

    assertThat(idsOf(user, messages + "?limit=2")).isEqualTo(ids);
    assertThat(idsOf(user, messages + "?limit=2&order=asc")).isEqualTo(ids);
    assertThat(idsOf(user, messages + "?limit=2&order=desc")).isEqualTo(ids.reversed());
    String cursor = as(user).get(messages + "?limit=2").at("/next_cursor").asString();
    as(user).get(messages + "?order=desc&cursor=" + cursor).expectProblem(400, "invalid_cursor");
    as(user).get(messages + "?order=up").expectProblem(400, "invalid_parameter", "order");
    as(user).get(messages + "?limit=-1").expectProblem(400, "invalid_parameter", "limit");
  }

  @Test
  void listOfAnEmptySessionIsEmpty() {
    assertThat(as(user).get(messages).expect(200).at("/items").size()).isZero();
  }

  @Test
  void sessionsOfOthersAndMissingOnesTakeAndShowNothing() {
    long id = append("USER", "secret");
    TestUser other = users().user();
    String mine = SESSIONS + "/" + sessionOf(other) + "/messages/" + id;
    var body = object("role", "USER", "content", "x");

    as(other).post(messages, body).expectProblem(404, "not_found");
    as(other).get(messages).expectProblem(404, "not_found");
    as(other).get(messages + "/" + id).expectProblem(404, "not_found");
    as(other).get(mine).expectProblem(404, "not_found");
    as(user).post(SESSIONS + "/999999999/messages", body).expectProblem(404, "not_found");
    as(user).get(SESSIONS + "/999999999/messages").expectProblem(404, "not_found");

    assertThat(idsOf(user, messages + "?limit=200")).containsExactly(id);
    assertThat(idsOf(users().admin(), messages + "?limit=200")).containsExactly(id);
    as(users().admin()).post(messages, body).expect(201);
  }

  @Test
  void deletedSessionTakesNothing() {
    as(user).delete(session).expect(204);

    as(user).post(messages, object("role", "USER", "content", "x")).expectProblem(404, "not_found");
  }

  @Test
  void messagesCannotBeChangedOrDeleted() {
    String message = messages + "/" + append("USER", "said");

    as(user).patch(message, object("content", "unsaid")).expectProblem(405, "method_not_allowed");
    as(user).put(message, object("content", "x")).expectProblem(405, "method_not_allowed");
    as(user).delete(message).expectProblem(405, "method_not_allowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "",
        "{\"role\": \"BOSS\", \"content\": \"x\"}",
        "{\"role\": 1, \"content\": \"x\"}",
        "{\"role\": \"user\", \"content\": \"x\"}",
        "{\"role\": \"USER\", \"content\": 5}",
        "{\"role\": \"USER\", \"content\": \"a\\u0000\"}",
        "{\"role\": \"USER\", \"content\": \"\\udc00\"}",
        "{\"role\": \"USER\", \"content\": \"x\", \"content\": \"y\"}",
        "{\"role\": \"USER\", \"content\": \"x\", \"id\": 1}",
        "{\"role\": \"USER\", \"content\": \"x\", \"created_at\": \"2026-01-01T00:00:00Z\"}",
        "{\"role\": \"USER\", \"content\": \"x\", \"metadata\": []}",
        "{\"role\": \"USER\", \"content\": \"x\", \"metadata\": \"{}\"}",
        "{\"role\": \"USER\", \"content\": \"x\", \"metadata\": {\"a\": \"\\u0000\"}}",
        "{\"role\": \"USER\", \"content\": \"x\", \"metadata\": {\"a\": [{\"\\u0000\": 1}]}}",
        "{\"role\": \"USER\", \"content\": \"x\", \"metadata\": {\"a\": 1e400}}",
        "{\"role\": \"USER\", \"content\": \"x\", \"metadata\": {\"a\": NaN}}",
        "{\"role\": \"USER\", \"content\": \"x\", \"metadata\": {\"a\": 1, \"a\": 2}}",
      })
  void appendFromABodyThatDoesNotFitIs400(String body) {
    Answer answer = as(user).post(messages, body);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.at("/code").asString()).isIn("malformed_json", "invalid_body");
    assertThat(idsOf(user, messages + "?limit=200")).isEmpty();
  }

  @Test
  void appendFromABodyThatBreaksARuleIs422() {
    as(user).post(messages, "{}").expectProblem(422, "validation_failed", "content");
    as(user).post(messages, "{}").expectProblem(422, "validation_failed", "role");
    as(user)
        .post(messages, object("role", "USER", "content", ""))
        .expectProblem(422, "validation_failed", "content");
    as(user)
        .post(messages, object("role", "USER", "content", "x".repeat(100_001)))
        .expectProblem(422, "validation_failed", "content");
    as(user)
        .post(messages, withMetadata(object("a", "x".repeat(16_384))))
        .expectProblem(422, "validation_failed", "metadata");
    // 16 KB here, but PostgreSQL writes every exponent out.
    List<Double> huge = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      huge.add(1e300);
    }
    as(user)
        .post(messages, withMetadata(object("a", huge)))
        .expectProblem(422, "validation_failed");

    assertThat(idsOf(user, messages + "?limit=200")).isEmpty();
  }

  @Test
  void appendTakesTheLargest() {
    append("ASSISTANT", "가".repeat(100_000));

    as(user).post(messages, withMetadata(object("a", "x".repeat(16_376)))).expect(201);
  }

  @Test
  void bodyOverTheLimitIs413() {
    as(user)
        .post(messages, object("role", "USER", "content", "x".repeat(5_000_000)))
        .expectProblem(413, "content_too_large");
  }

  @Test
  void manyAtOnceComeInOneOrderAndReadersMissNone() throws Exception {
    int count = 200;
    List<Long> seen = List.of();
    try (var pool = Executors.newFixedThreadPool(8)) {
      List<Future<Long>> appends = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String content = "message " + i;
        appends.add(pool.submit(() -> append("USER", content)));
      }

      // A message that appears before one that was seen would be missed by a reader of pages.
      while (appends.stream().anyMatch(append -> !append.isDone())) {
        List<Long> now = idsOf(user, messages + "?limit=200");
        assertThat(now.subList(0, seen.size())).isEqualTo(seen);
        seen = now;
      }
      for (Future<Long> append : appends) {
        append.get();
      }
    }

    assertThat(idsOf(user, messages + "?limit=200")).isSorted().hasSize(count);
    assertThat(timesGoingBack()).isZero();
    assertThat(as(user).get(session).at("/version").asInt()).isEqualTo(count);
  }

  private long timesGoingBack() {
    return number(
        """
        SELECT count(*) FROM (
          SELECT created_at < lag(created_at) OVER (ORDER BY id) AS back
          FROM chat.chat_messages WHERE session_id = ?) m WHERE back
        """,
        sessionId());
  }

  private long sessionId() {
    return Long.parseLong(session.substring(session.lastIndexOf('/') + 1));
  }

  private static Map<String, Object> withMetadata(Map<String, Object> metadata) {
    return object("role", "TOOL", "content", "x", "metadata", metadata);
  }

  private long append(String role, String content) {
    return as(user).post(messages, object("role", role, "content", content)).expect(201).id();
  }
}
