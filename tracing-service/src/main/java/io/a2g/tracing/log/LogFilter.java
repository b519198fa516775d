package io.a2g.tracing.log;

import org.jspecify.annotations.Nullable;

/**
 * Which entries of a trace are shown; null means any.
 *
 * @param level the least level
 */
public record LogFilter(
    @Nullable LogLevel level,
    @Nullable LogType logType,
    @Nullable String serviceName,
    @Nullable String spanId) {}
