package io.a2g.systemtest.demo;

import io.a2g.systemtest.Json;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * One measured step.
 *
 * @param parentId empty for the first one
 * @param type log_type of the platform: SPAN, LLM or TOOL_CALL
 * @param nanos how long it took; 0 while it runs
 * @param attributes what is worth knowing about it
 */
record Span(
    String id,
    String parentId,
    String name,
    String type,
    Instant began,
    long nanos,
    JsonNode attributes) {

  /** The log entry that the tracing service stores. */
  JsonNode entry(String serviceName) {
    return Json.object(
        "span_id", id,
        "parent_span_id", parentId.isEmpty() ? null : parentId,
        "service_name", serviceName,
        "level", "INFO",
        "log_type", type,
        "message", name,
        "attributes", attributes,
        "occurred_at", began,
        "duration_ms", TimeUnit.NANOSECONDS.toMicros(nanos) / 1_000.0);
  }
}
