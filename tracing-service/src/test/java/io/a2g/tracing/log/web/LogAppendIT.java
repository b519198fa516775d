package io.a2g.tracing.log.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Writing log entries. */
class LogAppendIT extends AbstractLogIT {

  @Test
  void idsOfABatchAscendInItsOrder() {
    List<Map<String, Object>> entries =
        IntStream.range(0, 1_000)
            .mapToObj(i -> object("service_name", "a", "message", Integer.toString(i)))
            .toList();

    Answer appended = post(entries).expect(201);

    assertThat(appended.at("/count").asInt()).isEqualTo(1_000);
    List<JsonNode> read = items(logs + "?limit=200");
    assertThat(read).hasSize(1_000);
    assertThat(read.getFirst().path("id").asLong()).isEqualTo(appended.at("/first_id").asLong());
    assertThat(read.getLast().path("id").asLong()).isEqualTo(appended.at("/last_id").asLong());
    assertThat(read)
        .extracting(entry -> entry.path("message").asString())
        .containsExactlyElementsOf(
            entries.stream().map(entry -> (String) entry.get("message")).toList());
  }

  @Test
  void batchHasOneToAThousandEntries() {
    post(List.of()).expectProblem(422, "validation_failed", "entries");
    post(Collections.nCopies(1_001, object("service_name", "a")))
        .expectProblem(422, "validation_failed", "entries");
    as(user).post(logs, "{\"entries\": null}").expectProblem(422, "validation_failed", "entries");
    as(user).post(logs, "{\"entries\": [null]}").expectProblem(422, "validation_failed");

    assertThat(items(logs)).isEmpty();
  }

  @Test
  void oneBadEntryRefusesTheWholeBatch() {
    var good = object("service_name", "a");

    append(good, object("service_name", ""))
        .expectProblem(422, "validation_failed", "entries[1].service_name");
    append(good, object("service_name", "a", "occurred_at", "2001-01-01T00:00:00Z"))
        .expectProblem(422, "validation_failed", "entries[1].occurred_at");
    Answer several =
        append(
                object("service_name", "a", "occurred_at", "2001-01-01T00:00:00Z"),
                good,
                object(
                    "service_name",
                    "a",
                    "span_id",
                    "1".repeat(16),
                    "parent_span_id",
                    "1".repeat(16)),
                object("service_name", "a", "occurred_at", "2999-01-01T00:00:00Z"))
            .expectProblem(422, "validation_failed", "entries[0].occurred_at")
            .expectProblem(422, "validation_failed", "entries[2].parent_span_id")
            .expectProblem(422, "validation_failed", "entries[3].occurred_at");
    assertThat(several.at("/errors")).hasSize(3);
    assertThat(several.at("/errors/0/message").asString())
        .matches("must be from 20\\S+Z to 20\\S+Z");
    append(good, object("service_name", "a", "attributes", object("a", "x".repeat(70_000))))
        .expectProblem(422, "validation_failed", "entries[1].attributes");

    assertThat(items(logs)).isEmpty();
  }

  @Test
  void entryThatBreaksARuleIs422() {
    refuses("service_name", null);
    refuses("service_name", "x".repeat(101));
    refuses("span_id", "00F067AA0BA902B7");
    refuses("span_id", "0000000000000000");
    refuses("span_id", "00f067aa0ba902b");
    refuses("parent_span_id", "00f067aa0ba902b77");
    refuses("message", "x".repeat(100_001));
    refuses("duration_ms", -0.001);
    refuses("duration_ms", 1e13);
    refuses("occurred_at", Instant.now().plus(Duration.ofHours(25)).toString());
    refuses("occurred_at", Instant.now().minus(Duration.ofDays(190)).toString());

    assertThat(items(logs)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"entries\": {}}",
        "{\"entries\": [[]]}",
        "{\"logs\": []}",
        "{\"entries\": [{\"service_name\": 5}]}",
        "{\"entries\": [{\"service_name\": \"a\", \"id\": 1}]}",
        "{\"entries\": [{\"service_name\": \"a\", \"service_name\": \"b\"}]}",
        "{\"entries\": [{\"service_name\": \"a\", \"level\": \"WARNING\"}]}",
        "{\"entries\": [{\"service_name\": \"a\", \"level\": 2}]}",
        "{\"entries\": [{\"service_name\": \"a\", \"log_type\": \"span\"}]}",
        "{\"entries\": [{\"service_name\": \"a\", \"message\": \"\\u0000\"}]}",
        "{\"entries\": [{\"service_name\": \"a\", \"duration_ms\": \"NaN\"}]}",
        "{\"entries\": [{\"service_name\": \"a\", \"duration_ms\": NaN}]}",
        "{\"entries\": [{\"service_name\": \"a\", \"duration_ms\": \"1\"}]}",
        "{\"entries\": [{\"service_name\": \"a\", \"occurred_at\": 1763596800}]}",
        "{\"entries\": [{\"service_name\": \"a\", \"occurred_at\": \"-99999-01-01T00:00:00Z\"}]}",
        "{\"entries\": [{\"service_name\": \"a\", \"attributes\": \"{}\"}]}",
        "{\"entries\": [{\"service_name\": \"a\", \"attributes\": []}]}",
        "{\"entries\": [{\"service_name\": \"a\", \"attributes\": {\"a\": \"\\u0000\"}}]}",
        "{\"entries\": [{\"service_name\": \"a\", \"attributes\": {\"a\\u0000\": 1}}]}",
        "{\"entries\": [{\"service_name\": \"a\", \"attributes\": {\"a\": 1, \"a\": 1}}]}",
        "{\"entries\": [{\"service_name\": \"a\", \"attributes\": {\"a\": 1e9999}}]}",
        "{\"entries\": [{\"service_name\": \"a\", \"attributes\": {\"a\": 1e99999999999}}]}",
        "{\"entries\": [{\"service_name\": \"a\", \"duration_ms\": 1e99999999999}]}",
      })
  void bodyThatDoesNotFitIs400AndStoresNothing(String body) {
    Answer answer = as(user).post(logs, body);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.at("/code").asString()).isIn("malformed_json", "invalid_body");
    assertThat(items(logs)).isEmpty();
  }

  @Test
  void longestMessageAndSmallestNumberAreTaken() {
    append(
            object("service_name", "a", "message", "가".repeat(100_000)),
            object("service_name", "b", "duration_ms", 1e-300))
        .expect(201);

    assertThat(items(logs).getFirst().path("message").asString()).hasSize(100_000);
  }

  @Test
  void batchOverTheBodyLimitIs413() {
    var large = object("service_name", "a", "message", "x".repeat(99_000));

    post(Collections.nCopies(50, large)).expectProblem(413, "content_too_large");

    assertThat(items(logs)).isEmpty();
  }

  @Test
  void repeatedBatchIsStoredOnce() {
    String key = UUID.randomUUID().toString();
    var body = object("entries", List.of(object("service_name", "a")));

    Answer first = as(user).post(logs, body, "Idempotency-Key", key).expect(201);
    Answer second = as(user).post(logs, body, "Idempotency-Key", key).expect(201);

    assertThat(second.text()).isEqualTo(first.text());
    assertThat(items(logs)).hasSize(1);
  }

  @Test
  void batchesAtOnceAllArrive() throws InterruptedException {
    var entries = Collections.nCopies(125, object("service_name", "a"));
    List<Answer> answers;

    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Answer> call = () -> post(entries);
      answers =
          executor.invokeAll(Collections.nCopies(8, call)).stream().map(Future::resultNow).toList();
    }

    assertThat(answers).allMatch(answer -> answer.status() == 201);
    assertThat(items(logs + "?limit=200")).hasSize(1_000);
  }

  private void refuses(String field, Object value) {
    var entry = object("service_name", "a");
    entry.put(field, value);
    append(entry).expectProblem(422, "validation_failed", "entries[0]." + field);
  }
}
