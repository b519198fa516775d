package io.a2g.agent.registry;

import io.a2g.agent.registry.AgentView.OwnerNames;
import io.a2g.common.reference.TargetNames;
import io.a2g.common.reference.TargetNames.Names;
import io.a2g.common.topology.ReferenceTarget;
import java.util.List;
import java.util.Map;

/** Asks for the names of a whole page at once; they may be ten seconds old. */
final class HttpOwnerDirectory implements OwnerDirectory {

  private static final String NONE =
      "SELECT NULL::bigint AS id, NULL::text AS username, NULL::text AS username_kr, NULL::text AS username_en WHERE false";

  private final TargetNames names;

  HttpOwnerDirectory(TargetNames names) {
    this.names = names;
  }

  @Override
  public String joinToAgent() {
    return "LEFT JOIN (" + NONE + ") o ON true ";
  }

  @Override
  public String ofPage() {
    return NONE;
  }

  @Override
  public List<AgentView> complete(List<AgentView> agents) {
    Map<Long, Names> owners =
        names.of(ReferenceTarget.USER, agents.stream().map(agent -> agent.owner().id()).toList());
    return agents.stream()
        .map(agent -> {
          long id = agent.owner().id();
          Names owner = owners.getOrDefault(id, Names.UNKNOWN);
          return agent.ownedBy(
              new OwnerNames(
                  id, owner.get("username"), owner.get("username_kr"), owner.get("username_en")));
        })
        .toList();
  }
}
