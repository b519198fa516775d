package io.a2g.agent.registry;

import io.a2g.common.security.Caller;
import io.a2g.common.web.EntityTags;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Agents locked for a change by somebody who may make it. */
@Component
class LockedAgents {

  private final Agents agents;
  private final AgentAccess access;

  LockedAgents(Agents agents, AgentAccess access) {
    this.agents = agents;
    this.access = access;
  }

  /**
   * A live agent.
   *
   * @param ifMatch see {@link EntityTags#requireMatch}
   */
  Agent live(Caller caller, long id, @Nullable String ifMatch) {
    Agent agent = liveOrDeleted(caller, id);
    if (!agent.isLive()) {
      throw AgentAccess.notFound(id);
    }
    EntityTags.requireMatch(ifMatch, agent.version());
    return agent;
  }

  Agent liveOrDeleted(Caller caller, long id) {
    return agents
        .findForUpdate(id, caller.userId(), caller.isAdmin())
        .orElseThrow(() -> access.refusal(caller, id));
  }
}
