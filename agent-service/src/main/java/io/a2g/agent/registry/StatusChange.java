package io.a2g.agent.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step in the life of an agent.
 *
 * @param changedBy user id of who did it
 * @param reason why, in the words of who did it; null when not told
 */
public record StatusChange(
    long id,
    AgentStatus from,
    AgentStatus to,
    long changedBy,
    @Nullable String reason,
    Instant changedAt) {}
