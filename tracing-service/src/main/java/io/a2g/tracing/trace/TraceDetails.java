package io.a2g.tracing.trace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What of a trace can be edited.
 *
 * @param sessionId the chat session with this trace's id; null: no chat
 * @param agentId null: no agent
 * @param endedAt null while it runs
 */
public record TraceDetails(
    @Nullable Long sessionId,
    @Nullable Long agentId,
    @Nullable String name,
    Instant startedAt,
    @Nullable Instant endedAt) {}
