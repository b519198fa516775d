package io.a2g.tracing.log.web;

import static io.a2g.common.testkit.http.Api.object;

import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import io.a2g.tracing.TraceIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** A user with an empty trace. */
abstract class AbstractLogIT extends PlatformIT {

  static final String TRACES = "/api/v1/traces";

  TestUser user;
  String traceId;
  String logs;

  @BeforeEach
  void registerATrace() {
    user = users().user();
    traceId = TraceIds.fresh();
    logs = TRACES + "/" + traceId + "/logs";
    as(user).post(TRACES, object("trace_id", traceId)).expect(201);
  }

  Answer append(Object... entries) {
    return post(List.of(entries));
  }

  Answer post(List<?> entries) {
    return as(user).post(logs, object("entries", entries));
  }

  static Map<String, Object> entry(String message, Instant occurredAt) {
    return object("service_name", "a", "message", message, "occurred_at", occurredAt.toString());
  }

  List<String> messages(String address) {
    return items(address).stream().map(item -> item.path("message").asString()).toList();
  }

  /** All pages of a list. */
  List<JsonNode> items(String address) {
    List<JsonNode> items = new ArrayList<>();
    String separator = address.contains("?") ? "&" : "?";
    String cursor = "";
    do {
      Answer page = as(user).get(address + cursor).expect(200);
      page.at("/items").forEach(items::add);
      cursor =
          page.at("/next_cursor").isNull()
              ? ""
              : separator + "cursor=" + page.at("/next_cursor").asString();
    } while (!cursor.isEmpty());
    return items;
  }
}
