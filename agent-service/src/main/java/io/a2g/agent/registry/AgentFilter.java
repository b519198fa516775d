package io.a2g.agent.registry;

import org.jspecify.annotations.Nullable;

/**
 * Which agents to list; null means any.
 *
 * @param deleted deleted ones instead of live ones
 */
public record AgentFilter(
    @Nullable Long ownerId,
    @Nullable AgentStatus status,
    @Nullable Framework framework,
    boolean deleted) {}
