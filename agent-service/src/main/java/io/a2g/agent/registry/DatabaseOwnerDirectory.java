package io.a2g.agent.registry;

import java.util.List;

/** Joins what the users schema publishes. */
final class DatabaseOwnerDirectory implements OwnerDirectory {

  @Override
  public String joinToAgent() {
    return "LEFT JOIN LATERAL users.user_names(ARRAY[a.owner_id]) o ON true ";
  }

  @Override
  public String ofPage() {
    return "SELECT * FROM users.user_names((SELECT array_agg(DISTINCT owner_id) FROM page))";
  }

  @Override
  public List<AgentView> complete(List<AgentView> agents) {
    return agents;
  }
}
