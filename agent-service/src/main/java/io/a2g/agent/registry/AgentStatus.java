package io.a2g.agent.registry;

/** Where an agent is in its life. Others see it only while it is deployed. */
public enum AgentStatus {
  DEVELOPMENT,
  DEPLOYED,
  /** Taken out of service; undeploying brings it back to development. */
  DISABLED,
  /** Kept for the record; final. */
  ARCHIVED;

  /** Whether the life cycle has a step from here to {@code next}. */
  boolean leadsTo(AgentStatus next) {
    return switch (this) {
      case DEVELOPMENT -> next != DEVELOPMENT;
      case DEPLOYED -> next != DEPLOYED;
      case DISABLED -> next == DEVELOPMENT || next == ARCHIVED;
      case ARCHIVED -> false;
    };
  }
}
