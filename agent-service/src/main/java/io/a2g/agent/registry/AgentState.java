package io.a2g.agent.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the audit keeps of an agent.
 *
 * @param deletedAt null while live
 */
record AgentState(
    long ownerId, AgentStatus status, AgentEdit settings, @Nullable Instant deletedAt) {

  static AgentState of(Agent agent) {
    return new AgentState(agent.ownerId(), agent.status(), agent.edit(), agent.deletedAt());
  }
}
