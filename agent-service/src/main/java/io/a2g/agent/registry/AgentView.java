package io.a2g.agent.registry;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent as callers see it.
 *
 * @param ownerDeptCode the team that a TEAM agent is shared with; null: none
 * @param deletedAt null while the agent is live
 */
@Schema(name = "AgentResponse")
public record AgentView(
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
    List<Capability> capabilities,
    int version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {

  /** The same agent with what is known of its owner. */
  AgentView ownedBy(Owner known) {
    return new AgentView(
        id,
        ownerId,
        known,
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

  /**
   * The user who owns an agent; the names are null when the user is unknown or has none.
   *
   * @param email null for callers who may not read the user's address in user-service, and in lists
   */
  public record Owner(
      long id,
      @Nullable String username,
      @Nullable String usernameKr,
      @Nullable String usernameEn,
      @Schema(
              description =
                  "In answers with one agent, for callers who may read the owner's profile: the"
                      + " owner and administrators, with the scope users:read. Null otherwise")
          @Nullable String email) {

    Owner withoutEmail() {
      return new Owner(id, username, usernameKr, usernameEn, null);
    }
  }
}
