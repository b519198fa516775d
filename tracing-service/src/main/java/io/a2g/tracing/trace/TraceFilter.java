package io.a2g.tracing.trace;

import org.jspecify.annotations.Nullable;

/**
 * Which traces a list shows; null means any.
 *
 * @param deleted true shows the deleted ones instead of the live ones
 */
public record TraceFilter(
    @Nullable Long userId, @Nullable Long sessionId, @Nullable Long agentId, boolean deleted) {}
