package io.a2g.agent.registry.web;

import io.a2g.agent.registry.AgentStatus;
import io.a2g.agent.registry.StatusChange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of an agent's status.
 *
 * @param changedBy user id of who did it
 */
record StatusChangeResponse(
    long id,
    AgentStatus fromStatus,
    AgentStatus toStatus,
    long changedBy,
    @Nullable String reason,
    Instant changedAt) {

  static StatusChangeResponse of(StatusChange change) {
    return new StatusChangeResponse(
        change.id(),
        change.from(),
        change.to(),
        change.changedBy(),
        change.reason(),
        change.changedAt());
  }
}
