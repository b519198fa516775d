package io.a2g.agent.registry;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent as callers see it.
 *
 * @param owner the owner's id and present names
 * @param ownerDeptCode the team that a TEAM agent is shared with; null: none
 * @param deletedAt null while the agent is live
 */
public record AgentView(
    long id,
    OwnerNames owner,
    @Nullable String ownerDeptCode,
    String name,
    @Nullable String description,
    Framework framework,
    @Nullable String endpointUrl,
    AgentStatus status,
    Visibility visibility,
    List<Capability> capabilities,
    int version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {

  /** The same agent with its owner's names. */
  AgentView ownedBy(OwnerNames names) {
    return new AgentView(
        id,
        names,
        ownerDeptCode,
        name,
        description,
        framework,
        endpointUrl,
        status,
        visibility,
        capabilities,
        version,
        createdAt,
        updatedAt,
        deletedAt);
  }

  /** Who owns an agent; the names are null when the user is unknown or has none. */
  public record OwnerNames(
      long id,
      @Nullable String username,
      @Nullable String usernameKr,
      @Nullable String usernameEn) {}
}
