package io.a2g.admin.usage.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.TestUser;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Rows and sums of usage. */
class UsageListsIT extends AbstractUsageIT {

  @Test
  void usersSeeOnlyTheirOwn() {
    TestUser other = users().user();
    as(admin).post(USAGE, usage()).expect(201);
    as(admin).post(USAGE, usage("user_id", other.id())).expect(201);

    assertThat(as(user).get(SUMS + "?group_by=user").at("/items").size()).isEqualTo(1);
    assertThat(as(user).get(USAGE + "?user_id=" + user.id()).at("/items").size()).isEqualTo(1);
    for (String list : List.of(USAGE, SUMS)) {
      as(user).get(list + "?user_id=" + other.id()).expectProblem(403, "forbidden");
      as(admin).get(list + "?user_id=" + other.id()).expect(200);
    }
    assertThat(as(admin).get(SUMS + "?group_by=user_id&model=" + model).at("/items").size())
        .isEqualTo(2);
  }

  @Test
  void sumsGroupByAnything() {
    String otherModel = secondModel();
    TestUser other = users().user();
    as(admin)
        .post(
            USAGE,
            object(
                "items",
                List.of(
                    usage("agent_id", 1),
                    usage("agent_id", 2, "model", otherModel),
                    usage("occurred_at", noon.minus(Duration.ofDays(1)).toString()),
                    usage("user_id", other.id()))))
        .expect(201);
    String mine = "&user_id=" + user.id();

    assertThat(inputTokens(SUMS + "?group_by=day" + mine)).containsExactly(2_000L, 1_000L);
    assertThat(inputTokens(SUMS + "?user_id=" + user.id())).containsExactly(2_000L, 1_000L);
    for (String agent : List.of("agent", "agent_id")) {
      assertThat(inputTokens(SUMS + "?group_by=" + agent + mine))
          .containsExactly(1_000L, 1_000L, 1_000L);
    }
    assertThat(inputTokens(SUMS + "?group_by=model" + mine)).containsExactly(2_000L, 1_000L);
    assertThat(inputTokens(SUMS + "?group_by=user_id&model=" + model))
        .containsExactly(2_000L, 1_000L);
    assertThat(inputTokens(SUMS + "?group_by=agent,model,user,day" + mine)).hasSize(3);
    assertThat(inputTokens(SUMS + "?group_by=" + mine)).containsExactly(3_000L);
    assertThat(inputTokens(SUMS + "?group_by=&agent_id=2" + mine)).containsExactly(1_000L);
    assertThat(inputTokens(SUMS + "?group_by=&agent_id=3" + mine)).containsExactly(0L);
  }

  @Test
  void sumsAreBoundedByDays() {
    LocalDate day = LocalDate.ofInstant(noon, ZoneOffset.UTC);
    as(admin).post(USAGE, usage()).expect(201);

    String sameDay = "?from=%s&to=%s".formatted(day, day);
    String dayAfter = "?from=%s&to=%s".formatted(day.plusDays(1), day.plusDays(1));

    assertThat(as(user).get(SUMS + sameDay).at("/items").size()).isEqualTo(1);
    assertThat(as(user).get(SUMS + dayAfter).at("/items").size()).isZero();
    assertThat(as(user).get(USAGE + sameDay).at("/items").size()).isEqualTo(1);
    assertThat(as(user).get(USAGE + dayAfter).at("/items").size()).isZero();
  }

  @Test
  void pagesOfRowsShowEveryRowOnceNewestDayFirst() {
    recordSomeOfEach();

    List<JsonNode> whole = pages(USAGE + "?limit=200&user_id=" + user.id());

    assertThat(whole).hasSize(18);
    assertThat(pages(USAGE + "?limit=5&user_id=" + user.id())).isEqualTo(whole);
    assertThat(pages(USAGE + "?limit=5&agent_id=1&user_id=" + user.id())).hasSize(6);
    assertThat(whole)
        .extracting(row -> row.path("day").asString())
        .isSortedAccordingTo(Collections.reverseOrder());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "group_by=day",
        "group_by=agent",
        "group_by=model",
        "group_by=day,agent",
        "group_by=user,model",
        "group_by=model,agent,user,day",
      })
  void pagesOfSumsShowEveryGroupOnceAndInOrder(String groupBy) {
    recordSomeOfEach();
    String query = SUMS + "?" + groupBy + "&user_id=" + user.id();

    List<JsonNode> whole = pages(query + "&limit=200");

    assertThat(pages(query + "&limit=1")).isEqualTo(whole);
    assertThat(pages(query + "&limit=3")).isEqualTo(whole);
    assertThat(whole.stream().mapToLong(sum -> sum.path("request_count").asLong()).sum())
        .isEqualTo(18);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "group_by=hour",
        "group_by=day,day",
        "from=2026-13-01",
        "from=20260101",
        "from=2026-02-01&to=2026-01-01",
        "from=2020-01-01&to=2026-01-01",
        "to=0000-01-01",
        "to=%2B999999999-12-31",
        "user_id=x",
        "agent_id=99999999999999999999",
        "limit=0",
        "limit=201",
      })
  void badParametersAre400(String query) {
    as(admin).get(SUMS + "?" + query).expectProblem(400, "invalid_parameter");
  }

  @Test
  void cursorFromElsewhereIs400() {
    recordSomeOfEach();
    String days = "?limit=1&user_id=" + user.id();
    String cursor = as(admin).get(SUMS + days).at("/next_cursor").asString();

    as(admin).get(SUMS + days + "&cursor=" + cursor).expect(200);
    for (String other : List.of(SUMS + "?limit=1", SUMS + days + "&group_by=user", USAGE + days)) {
      as(admin)
          .get(other + (other.contains("?") ? "&" : "?") + "cursor=" + cursor)
          .expectProblem(400, "invalid_cursor");
    }
    as(admin).get(SUMS + "?model=a%00b").expectProblem(400, "invalid_parameter", "model");
  }

  // 3 days × 3 agents (one of them none) × 2 models.
  private void recordSomeOfEach() {
    List<Map<String, Object>> items = new ArrayList<>();
    String otherModel = secondModel();
    for (int day = 0; day < 3; day++) {
      for (Object agent : new Object[] {1, 2, null}) {
        for (String name : List.of(model, otherModel)) {
          items.add(
              usage(
                  "agent_id",
                  agent,
                  "model",
                  name,
                  "occurred_at",
                  noon.minus(Duration.ofDays(day)).toString()));
        }
      }
    }
    Collections.shuffle(items);
    as(admin).post(USAGE, object("items", items)).expect(201);
  }

  private String secondModel() {
    String name = model + "-2";
    as(admin).post(MODELS, object("name", name, "provider", "OPENAI")).expect(201);
    return name;
  }

  private List<Long> inputTokens(String query) {
    return pages(query).stream().map(sum -> sum.path("input_tokens").asLong()).toList();
  }
}
