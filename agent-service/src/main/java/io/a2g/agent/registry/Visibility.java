package io.a2g.agent.registry;

/** Who may use an agent once it is deployed. Its owner and administrators always may. */
public enum Visibility {
  PRIVATE,
  /** Users of the owner's department. */
  TEAM,
  PUBLIC
}
