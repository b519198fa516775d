package io.a2g.agent.registry;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of an agent's status.
 *
 * @param changedBy id of the user who made it
 * @param reason in the words of that user; null when none was given
 */
@Schema(name = "StatusChangeResponse")
public record StatusChange(
    long id,
    AgentStatus fromStatus,
    AgentStatus toStatus,
    long changedBy,
    @Nullable String reason,
    Instant changedAt) {}
