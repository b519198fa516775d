package io.a2g.tracing.log.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.a2g.tracing.log.LogEntry;
import io.a2g.tracing.log.LogLevel;
import io.a2g.tracing.log.LogType;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened.
 *
 * @param durationMs milliseconds; null: an event without duration
 * @param createdAt when it was stored
 */
record LogEntryResponse(
    long id,
    String traceId,
    @Nullable String spanId,
    @Nullable String parentSpanId,
    String serviceName,
    LogLevel level,
    LogType logType,
    String message,
    @Schema(types = "object", implementation = Object.class) @JsonRawValue String attributes,
    Instant occurredAt,
    @Schema(description = "Milliseconds") @Nullable Double durationMs,
    Instant createdAt) {

  static LogEntryResponse of(LogEntry entry) {
    return new LogEntryResponse(
        entry.id(),
        entry.traceId(),
        entry.spanId(),
        entry.parentSpanId(),
        entry.serviceName(),
        entry.level(),
        entry.logType(),
        entry.message(),
        entry.attributes(),
        entry.occurredAt(),
        entry.durationMs(),
        entry.createdAt());
  }
}
