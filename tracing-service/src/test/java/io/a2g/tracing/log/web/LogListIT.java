package io.a2g.tracing.log.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import io.a2g.common.web.Cursor;
import io.a2g.tracing.TraceIds;
import io.a2g.tracing.log.LogFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Reading log entries. */
class LogListIT extends AbstractLogIT {

  @Test
  void entryComesBackAsItWasWritten() {
    var entry =
        object(
            "span_id", "00f067aa0ba902b7",
            "parent_span_id", "00f067aa0ba902b6",
            "service_name", "demo-agent",
            "level", "WARN",
            "log_type", "TOOL_CALL",
            "message", "도구 호출 \uD83D\uDD27",
            "attributes", object("tool", "search", "hits", List.of(1, 2.5), "more", object()),
            "occurred_at", "2026-11-19T10:00:00.123456Z",
            "duration_ms", 12.5);
    entry.put("occurred_at", Instant.now().truncatedTo(ChronoUnit.MICROS).toString());

    Answer appended = append(entry).expect(201);

    JsonNode read = items(logs).getFirst();
    assertThat(appended.at("/count").asInt()).isEqualTo(1);
    assertThat(read.path("id").asLong()).isEqualTo(appended.at("/first_id").asLong());
    assertThat(read.path("trace_id").asString()).isEqualTo(traceId);
    for (String field :
        List.of("span_id", "parent_span_id", "service_name", "level", "log_type", "message")) {
      assertThat(read.path(field).asString()).isEqualTo(entry.get(field));
    }
    assertThat(read.path("occurred_at").asString()).isEqualTo(entry.get("occurred_at"));
    assertThat(read.path("duration_ms").asDouble()).isEqualTo(12.5);
    assertThat(read.at("/attributes/tool").asString()).isEqualTo("search");
    assertThat(read.at("/attributes/hits/1").asDouble()).isEqualTo(2.5);
    assertThat(read.at("/attributes/more").isObject()).isTrue();
  }

  @Test
  void whatIsLeftOutHasADefault() {
    Instant before = Instant.now().minusSeconds(60);

    append(object("service_name", "a", "attributes", null)).expect(201);

    JsonNode read = items(logs).getFirst();
    assertThat(read.path("level").asString()).isEqualTo("INFO");
    assertThat(read.path("log_type").asString()).isEqualTo("MESSAGE");
    assertThat(read.path("message").asString()).isEmpty();
    assertThat(read.path("attributes").isEmpty()).isTrue();
    assertThat(Instant.parse(read.path("occurred_at").asString())).isAfter(before);
    for (String field : List.of("span_id", "parent_span_id", "duration_ms")) {
      assertThat(read.path(field).isNull()).as(field).isTrue();
    }
  }

  @Test
  void entriesAreReadInTheOrderInWhichTheyHappened() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    append(entry("third", now)).expect(201);
    append(entry("first", now.minusSeconds(5)), entry("fourth", now)).expect(201);
    append(entry("second", now.minusNanos(1_000))).expect(201);
    append(entry("longAgo", now.minus(Duration.ofDays(120)))).expect(201);

    assertThat(messages(logs)).containsExactly("longAgo", "first", "second", "third", "fourth");
  }

  @Test
  void unknownForeignAndDeletedTracesLookMissing() {
    TestUser other = users().user();
    var body = object("entries", List.of(object("service_name", "a")));
    append(object("service_name", "a")).expect(201);

    as(other).post(logs, body).expectProblem(404, "not_found");
    as(other).get(logs).expectProblem(404, "not_found");
    for (String id : List.of(TraceIds.fresh(), "x")) {
      as(user).post(TRACES + "/" + id + "/logs", body).expectProblem(404, "not_found");
      as(user).get(TRACES + "/" + id + "/logs").expectProblem(404, "not_found");
    }
    as(user).delete(TRACES + "/" + traceId).expect(204);
    as(user).post(logs, body).expectProblem(404, "not_found");
    as(users().admin()).post(logs, body).expectProblem(404, "not_found");
    as(user).get(logs).expectProblem(404, "not_found");
    as(user).post(TRACES + "/" + traceId + "/restore", "").expect(200);

    assertThat(items(logs)).hasSize(1);
  }

  @Test
  void administratorWritesAndReadsAnyTrace() {
    TestUser admin = users().admin();
    var body = object("entries", List.of(object("service_name", "a")));

    as(admin).post(logs, body).expect(201);

    assertThat(as(admin).get(logs).expect(200).at("/items").size()).isEqualTo(1);
  }

  @Test
  void traceWithoutEntriesIsAnEmptyList() {
    Answer list = as(user).get(logs).expect(200);

    assertThat(list.at("/items").size()).isZero();
    assertThat(list.at("/next_cursor").isNull()).isTrue();
  }

  @Test
  void filtersNarrowTheList() {
    Instant now = Instant.now();
    var debug = entry("debug", now);
    debug.put("level", "DEBUG");
    var error = entry("error", now.plusMillis(1));
    error.putAll(object("level", "ERROR", "service_name", "b", "span_id", "00f067aa0ba902b7"));
    var fatal = entry("fatal", now.plusMillis(2));
    fatal.putAll(object("level", "FATAL", "log_type", "LLM"));
    append(debug, error, fatal).expect(201);

    assertThat(messages(logs + "?level=TRACE")).hasSize(3);
    assertThat(messages(logs + "?level=WARN")).containsExactly("error", "fatal");
    assertThat(messages(logs + "?level=FATAL")).containsExactly("fatal");
    assertThat(messages(logs + "?log_type=LLM")).containsExactly("fatal");
    assertThat(messages(logs + "?log_type=MESSAGE&level=INFO")).containsExactly("error");
    assertThat(messages(logs + "?service_name=b")).containsExactly("error");
    assertThat(messages(logs + "?span_id=00f067aa0ba902b7")).containsExactly("error");
    assertThat(messages(logs + "?service_name=nobody")).isEmpty();
  }

  @Test
  void pagesShowEveryEntryOnceEvenOfOneMoment() {
    Instant now = Instant.now();
    List<Map<String, Object>> entries =
        IntStream.range(0, 11).mapToObj(i -> entry("m" + i, now.plusMillis(i / 4))).toList();
    post(entries).expect(201);

    List<String> whole = messages(logs + "?limit=200");

    assertThat(whole).hasSize(11);
    assertThat(messages(logs + "?limit=1")).isEqualTo(whole);
    assertThat(messages(logs + "?limit=3")).isEqualTo(whole);
    assertThat(messages(logs + "?limit=3&service_name=a")).isEqualTo(whole);
  }

  @Test
  void badParametersAre400() {
    append(object("service_name", "a"), object("service_name", "a")).expect(201);
    String cursor = as(user).get(logs + "?limit=1").at("/next_cursor").asString();

    as(user).get(logs + "?limit=1&cursor=" + cursor).expect(200);
    as(user).get(logs + "?level=INFO&cursor=" + cursor).expectProblem(400, "invalid_cursor");
    as(user).get(TRACES + "?cursor=" + cursor).expectProblem(400, "invalid_cursor");
    as(user).get(logs + "?level=warn").expectProblem(400, "invalid_parameter", "level");
    as(user).get(logs + "?log_type=X").expectProblem(400, "invalid_parameter", "log_type");
    as(user).get(logs + "?limit=-1").expectProblem(400, "invalid_parameter", "limit");
    as(user)
        .get(logs + "?service_name=a%00")
        .expectProblem(400, "invalid_parameter", "service_name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+1000000000-12-31T23:59:59.999999999Z",
        "-1000000000-01-01T00:00:00Z",
        "+294277-01-01T00:00:00Z",
        "soon",
      })
  void forgedCursorIs400(String time) {
    String scope = "traces/" + traceId + "/logs?" + new LogFilter(null, null, null, null);

    Answer answer = as(user).get(logs + "?cursor=" + Cursor.of(scope, time, 1).encode());

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
  }
}
