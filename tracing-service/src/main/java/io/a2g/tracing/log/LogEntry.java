package io.a2g.tracing.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stored entry.
 *
 * @param attributes a JSON object, as text
 * @param durationMs milliseconds; null: an event without duration
 * @param createdAt when it was stored
 */
public record LogEntry(
    long id,
    String traceId,
    @Nullable String spanId,
    @Nullable String parentSpanId,
    String serviceName,
    LogLevel level,
    LogType logType,
    String message,
    String attributes,
    Instant occurredAt,
    @Nullable Double durationMs,
    Instant createdAt) {}
