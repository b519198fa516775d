package io.a2g.admin.usage.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** A user without usage, and a model with prices. */
abstract class AbstractUsageIT extends PlatformIT {

  static final String USAGE = "/api/v1/usage-stats";
  static final String SUMS = USAGE + "/sums";
  static final String MODELS = "/api/v1/llm-models";

  // Noon, so that a test cannot see two days by running at midnight.
  final Instant noon =
      LocalDate.now(ZoneOffset.UTC).minusDays(2).atTime(12, 0).toInstant(ZoneOffset.UTC);

  TestUser admin;
  TestUser user;
  String model;
  long modelId;

  @BeforeEach
  void makeAModelOfTwoAndTenDollars() {
    admin = users().admin();
    user = users().user();
    model = "model-" + System.nanoTime();
    modelId =
        as(admin)
            .post(
                MODELS,
                object(
                    "name",
                    model,
                    "provider",
                    "OPENAI",
                    "input_price_per_million_tokens",
                    2,
                    "output_price_per_million_tokens",
                    10))
            .expect(201)
            .id();
  }

  List<JsonNode> pages(String query) {
    List<JsonNode> items = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = as(admin).get(query + cursor).expect(200);
      page.at("/items").forEach(items::add);
      cursor =
          page.at("/next_cursor").isNull() ? "" : "&cursor=" + page.at("/next_cursor").asString();
    } while (!cursor.isEmpty());
    return items;
  }

  /** One request with 1,000 input and 100 output tokens, unless said otherwise. */
  Map<String, Object> usage(Object... more) {
    var usage =
        object(
            "user_id",
            user.id(),
            "model",
            model,
            "input_tokens",
            1_000,
            "output_tokens",
            100,
            "occurred_at",
            noon.toString());
    usage.putAll(object(more));
    return usage;
  }

  static void assertCounters(JsonNode row, long requests, long input, long output, String cost) {
    assertThat(row.path("request_count").asLong()).isEqualTo(requests);
    assertThat(row.path("input_tokens").asLong()).isEqualTo(input);
    assertThat(row.path("output_tokens").asLong()).isEqualTo(output);
    assertThat(row.path("cost").decimalValue()).isEqualByComparingTo(cost);
  }
}
