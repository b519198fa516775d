package io.a2g.tracing.trace.web;

import io.a2g.tracing.trace.Trace;
import io.a2g.tracing.trace.TraceDetails;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A trace.
 *
 * @param endedAt null while it runs
 * @param deletedAt null while the trace is live
 */
record TraceResponse(
    long id,
    String traceId,
    long userId,
    @Nullable Long sessionId,
    @Nullable Long agentId,
    @Nullable String name,
    Instant startedAt,
    @Nullable Instant endedAt,
    int version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {

  static TraceResponse of(Trace trace) {
    TraceDetails details = trace.details();
    return new TraceResponse(
        trace.id(),
        trace.traceId(),
        trace.userId(),
        details.sessionId(),
        details.agentId(),
        details.name(),
        details.startedAt(),
        details.endedAt(),
        trace.version(),
        trace.createdAt(),
        trace.updatedAt(),
        trace.deletedAt());
  }
}
