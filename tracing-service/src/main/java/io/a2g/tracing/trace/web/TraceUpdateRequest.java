package io.a2g.tracing.trace.web;

import io.a2g.tracing.trace.TraceDetails;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What may be changed about a trace; the target of a merge patch. */
record TraceUpdateRequest(
    @Nullable Long sessionId,
    @Nullable Long agentId,
    @Size(max = 200) @Nullable String name,
    @NotNull Instant startedAt,
    @Nullable Instant endedAt) {

  static TraceUpdateRequest of(TraceDetails details) {
    return new TraceUpdateRequest(
        details.sessionId(),
        details.agentId(),
        details.name(),
        details.startedAt(),
        details.endedAt());
  }

  TraceDetails details() {
    return new TraceDetails(
        sessionId,
        agentId,
        name,
        TraceRequest.micros(startedAt),
        endedAt == null ? null : TraceRequest.micros(endedAt));
  }
}
