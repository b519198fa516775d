package io.a2g.agent.registry.web;

import io.a2g.agent.registry.AgentStatus;
import io.a2g.agent.registry.AgentView;
import io.a2g.agent.registry.Framework;
import io.a2g.agent.registry.Visibility;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent.
 *
 * @param ownerDeptCode the team a TEAM agent is shared with
 * @param deletedAt null while the agent is live
 */
record AgentResponse(
    long id,
    long ownerId,
    Owner owner,
    @Nullable String ownerDeptCode,
    String name,
    @Nullable String description,
    Framework framework,
    @Nullable String endpointUrl,
    AgentStatus status,
    Visibility visibility,
    List<CapabilityBody> capabilities,
    int version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {

  /** The owner; the names are null when there are none. */
  record Owner(
      long id,
      @Nullable String username,
      @Nullable String usernameKr,
      @Nullable String usernameEn) {}

  static AgentResponse of(AgentView agent) {
    var owner = agent.owner();
    return new AgentResponse(
        agent.id(),
        owner.id(),
        new Owner(owner.id(), owner.username(), owner.usernameKr(), owner.usernameEn()),
        agent.ownerDeptCode(),
        agent.name(),
        agent.description(),
        agent.framework(),
        agent.endpointUrl(),
        agent.status(),
        agent.visibility(),
        CapabilityBody.of(agent.capabilities()),
        agent.version(),
        agent.createdAt(),
        agent.updatedAt(),
        agent.deletedAt());
  }
}
