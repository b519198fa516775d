package io.a2g.tracing.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry to store.
 *
 * @param spanId 16 lower-case hex digits; null: of the trace as a whole
 * @param parentSpanId the span that this one is part of; null: none
 * @param serviceName who writes it
 * @param attributes a JSON object, as text
 * @param occurredAt null: now
 * @param durationMs milliseconds; null: an event without duration
 */
public record NewLogEntry(
    @Nullable String spanId,
    @Nullable String parentSpanId,
    String serviceName,
    LogLevel level,
    LogType logType,
    String message,
    String attributes,
    @Nullable Instant occurredAt,
    @Nullable Double durationMs) {}
