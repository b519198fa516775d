package io.a2g.tracing.trace.web;

import io.a2g.common.json.Name;
import io.a2g.tracing.trace.TraceDetails;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A new trace.
 *
 * @param traceId W3C trace id
 * @param userId whose trace; absent: the caller's. Only an administrator may name another user.
 * @param sessionId the chat session with this trace id; absent: no chat
 * @param agentId absent: no agent
 * @param startedAt now when absent
 * @param endedAt absent while it runs
 */
record TraceRequest(
    @NotNull
        @Pattern(
            regexp = "(?!0{32})[0-9a-f]{32}",
            message = "must be 32 lower-case hex digits, not all zero")
        String traceId,
    @Nullable Long userId,
    @Nullable Long sessionId,
    @Nullable Long agentId,
    @Name @Size(min = 1, max = 200) @Nullable String name,
    @Schema(description = "Now when absent") @Nullable Instant startedAt,
    @Nullable Instant endedAt) {

  TraceDetails details(Instant now) {
    return new TraceDetails(sessionId, agentId, name, startedAt == null ? now : startedAt, endedAt);
  }
}
