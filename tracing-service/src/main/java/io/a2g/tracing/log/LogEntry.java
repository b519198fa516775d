package io.a2g.tracing.log;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stored entry.
 *
 * @param attributes JSON as the database keeps it
 * @param durationMs milliseconds; null: an event without duration
 * @param createdAt when it was stored
 */
@Schema(name = "LogEntryResponse")
public record LogEntry(
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
    Instant createdAt) {}
