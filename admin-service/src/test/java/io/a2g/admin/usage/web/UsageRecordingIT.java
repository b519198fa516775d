package io.a2g.admin.usage.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Counting usage. */
class UsageRecordingIT extends AbstractUsageIT {

  @Test
  void recordsOfOneKeyAddUp() {
    as(admin).post(USAGE, usage("agent_id", 7)).expect(201);
    Answer second =
        as(admin)
            .post(USAGE, usage("agent_id", 7, "input_tokens", 500, "request_count", 3))
            .expect(201);

    assertThat(second.text())
        .contains("\"count\":1", "\"request_count\":3", "\"input_tokens\":500", "\"cost\":0.002}");
    JsonNode rows = as(user).get(USAGE).expect(200).at("/items");
    assertThat(rows.size()).isEqualTo(1);
    assertThat(rows.get(0).path("day").asString())
        .isEqualTo(LocalDate.ofInstant(noon, ZoneOffset.UTC).toString());
    assertThat(rows.get(0).path("agent_id").asLong()).isEqualTo(7);
    assertThat(rows.get(0).path("model").asString()).isEqualTo(model);
    assertCounters(rows.get(0), 4, 1_500, 200, "0.005");
  }

  @Test
  void usageWithoutAnAgentIsOneRowToo() {
    as(admin).post(USAGE, usage()).expect(201);
    as(admin).post(USAGE, usage()).expect(201);

    JsonNode rows = as(user).get(USAGE).expect(200).at("/items");

    assertThat(rows.size()).isEqualTo(1);
    assertThat(rows.get(0).path("agent_id").isNull()).isTrue();
    assertCounters(rows.get(0), 2, 2_000, 200, "0.006");
  }

  @Test
  void batchAddsUpWhatHasOneKey() {
    var items = List.of(usage(), usage("agent_id", 5), usage(), usage("agent_id", 5));

    Answer answer = as(admin).post(USAGE, object("items", items)).expect(201);

    assertThat(answer.at("/count").asInt()).isEqualTo(4);
    assertThat(answer.at("/input_tokens").asLong()).isEqualTo(4_000);
    JsonNode sums = as(user).get(SUMS + "?group_by=agent").expect(200).at("/items");
    assertThat(sums.size()).isEqualTo(2);
    assertThat(sums.get(0).path("agent_id").asLong()).isEqualTo(5);
    assertCounters(sums.get(0), 2, 2_000, 200, "0.006");
    assertThat(sums.get(1).path("agent_id").isNull()).isTrue();
    assertCounters(sums.get(1), 2, 2_000, 200, "0.006");
  }

  @Test
  void costIsThatOfThePriceWhenItWasRecorded() {
    as(admin).post(USAGE, usage()).expect(201);
    as(admin)
        .patch(MODELS + "/" + modelId, "{\"input_price_per_million_tokens\": null}")
        .expect(200);

    as(admin).post(USAGE, usage()).expect(201);

    assertThat(as(user).get(USAGE).at("/items/0/cost").decimalValue())
        .isEqualByComparingTo("0.004");
  }

  @Test
  void usageOfDisabledAndDeletedModelsStillCounts() {
    as(admin).patch(MODELS + "/" + modelId, object("enabled", false)).expect(200);
    as(admin).post(USAGE, usage()).expect(201);
    as(admin).delete(MODELS + "/" + modelId).expect(204);
    as(admin).post(USAGE, usage()).expect(201);

    assertCounters(as(user).get(USAGE).at("/items/0"), 2, 2_000, 200, "0.006");
  }

  @Test
  void unknownModelIsNamedAndNothingIsCounted() {
    var items = List.of(usage(), usage("model", "no-such-model"), usage("model", "nor-this"));

    Answer batch = as(admin).post(USAGE, object("items", items));

    batch
        .expectProblem(422, "reference_not_found", "items[1].model")
        .expectProblem(422, "reference_not_found", "items[2].model");
    as(admin)
        .post(USAGE, usage("model", "no-such-model"))
        .expectProblem(422, "reference_not_found", "model");
    assertThat(as(user).get(USAGE).at("/items").size()).isZero();
  }

  @Test
  void timeOutOfRangeIsNamedAndNothingIsCounted() {
    Instant now = Instant.now();
    for (Instant time : List.of(now.minus(Duration.ofDays(401)), now.plus(Duration.ofHours(25)))) {
      var late = usage("occurred_at", time.toString());
      as(admin).post(USAGE, late).expectProblem(422, "validation_failed", "occurred_at");
      as(admin)
          .post(USAGE, object("items", List.of(usage(), late)))
          .expectProblem(422, "validation_failed", "items[1].occurred_at");
    }

    as(admin)
        .post(USAGE, usage("occurred_at", now.minus(Duration.ofDays(399)).toString()))
        .expect(201);

    String from = LocalDate.now(ZoneOffset.UTC).minusDays(399).toString();
    assertThat(as(user).get(USAGE + "?from=" + from).at("/items").size()).isEqualTo(1);
  }

  @Test
  void dayIsTheOneInUtc() {
    String evening = LocalDate.ofInstant(noon, ZoneOffset.UTC) + "T01:00:00+09:00";

    as(admin).post(USAGE, usage("occurred_at", evening)).expect(201);

    assertThat(as(user).get(USAGE).at("/items/0/day").asString())
        .isEqualTo(LocalDate.ofInstant(noon, ZoneOffset.UTC).minusDays(1).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"items\"",
        "{",
        "{\"items\": {}}",
        "{\"items\": [[]]}",
        "{\"items\": [{\"cost\": 1}]}",
        "{\"items\": [], \"model\": \"x\"}",
        "{\"user_id\": \"1\"}",
        "{\"user_id\": 1, \"user_id\": 1}",
        "{\"input_tokens\": 1.5}",
        "{\"input_tokens\": 99999999999999999999}",
        "{\"input_tokens\": 1e99999999999}",
        "{\"model\": \"a\\u0000b\"}",
        "{\"model\": \"\\udc00\"}",
        "{\"occurred_at\": 1763596800}",
        "{\"occurred_at\": \"yesterday\"}",
      })
  void bodyThatDoesNotFitIs400(String body) {
    Answer answer = as(admin).post(USAGE, body);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.at("/code").asString()).isIn("malformed_json", "invalid_body");
  }

  @Test
  void bodyThatBreaksARuleIs422() {
    refuses("user_id", null);
    refuses("user_id", 0);
    refuses("agent_id", -1);
    refuses("model", null);
    refuses("model", "x".repeat(101));
    refuses("request_count", 0);
    refuses("request_count", 1_000_000_001);
    refuses("input_tokens", -1);
    refuses("input_tokens", null);
    refuses("output_tokens", 1_000_000_000_001L);
    as(admin).post(USAGE, "{\"items\": []}").expectProblem(422, "validation_failed", "items");
    as(admin).post(USAGE, "{\"items\": null}").expectProblem(422, "validation_failed", "items");
    as(admin).post(USAGE, "{\"items\": [null]}").expectProblem(422, "validation_failed");

    assertThat(as(user).get(USAGE).at("/items").size()).isZero();
  }

  @Test
  void batchTakesAThousandItemsAndNotOneMore() {
    as(admin)
        .post(USAGE, object("items", Collections.nCopies(1_001, usage())))
        .expectProblem(422, "validation_failed", "items");

    as(admin).post(USAGE, object("items", Collections.nCopies(1_000, usage()))).expect(201);

    assertCounters(as(user).get(USAGE).at("/items/0"), 1_000, 1_000_000, 100_000, "3");
  }

  @Test
  void countersThatCannotGrowRefuseTheWholeBatch() {
    as(admin).patch(MODELS + "/" + modelId, "{\"input_price_per_million_tokens\": 999999}");
    var huge = usage("agent_id", 1, "input_tokens", 1_000_000_000_000L);

    as(admin)
        .post(USAGE, object("items", List.of(usage(), huge)))
        .expectProblem(422, "validation_failed", "items[1].input_tokens");
    as(admin).post(USAGE, huge).expectProblem(422, "validation_failed", "input_tokens");

    assertThat(as(user).get(USAGE).at("/items").size()).isZero();
  }

  @Test
  void onlyAdministratorsRecord() {
    as(user).post(USAGE, usage()).expectProblem(403, "forbidden");
    anonymous().post(USAGE, usage()).expectProblem(401, "unauthenticated");

    assertThat(as(user).get(USAGE).at("/items").size()).isZero();
  }

  @Test
  void sameIdempotencyKeyCountsOnce() {
    String key = UUID.randomUUID().toString();

    Answer first = as(admin).post(USAGE, usage(), "Idempotency-Key", key).expect(201);
    Answer second = as(admin).post(USAGE, usage(), "Idempotency-Key", key).expect(201);

    assertThat(second.text()).isEqualTo(first.text());
    assertCounters(as(user).get(USAGE).at("/items/0"), 1, 1_000, 100, "0.003");
  }

  private void refuses(String field, Object value) {
    as(admin).post(USAGE, usage(field, value)).expectProblem(422, "validation_failed", field);
  }
}
