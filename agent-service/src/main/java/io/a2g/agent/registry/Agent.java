package io.a2g.agent.registry;

import io.a2g.agent.registry.AgentReferences.Owner;
import io.a2g.common.error.InvalidRequest;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.persistence.SoftDeletable;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.ForeignKey;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.ColumnDefault;
import org.jspecify.annotations.Nullable;

/** An LLM agent that its owner runs and has registered here. */
@Entity
@Table(name = "agents", schema = "agents")
class Agent extends SoftDeletable {

  private long ownerId;
  private @Nullable String ownerDeptCode;
  private String name;
  private @Nullable String description;

  @Enumerated(EnumType.STRING)
  private Framework framework;

  private @Nullable String endpointUrl;

  @Enumerated(EnumType.STRING)
  @ColumnDefault("'DEVELOPMENT'")
  private AgentStatus status;

  @Enumerated(EnumType.STRING)
  @ColumnDefault("'PRIVATE'")
  private Visibility visibility;

  @ElementCollection
  @CollectionTable(
      name = "agent_capabilities",
      schema = "agents",
      joinColumns = @JoinColumn(name = "agent_id"),
      foreignKey =
          @ForeignKey(name = "agent_capabilities_agent_id_fkey", options = "on delete cascade"))
  @OrderColumn(name = "position")
  private List<StoredCapability> capabilities;

  /** For JPA. */
  protected Agent() {}

  Agent(Owner owner, AgentEdit edit) {
    this.ownerId = owner.id();
    this.ownerDeptCode = owner.deptCode();
    this.status = AgentStatus.DEVELOPMENT;
    this.capabilities = new ArrayList<>();
    update(edit);
  }

  final void update(AgentEdit edit) {
    name = edit.name();
    description = edit.description();
    framework = edit.framework();
    endpointUrl = edit.endpointUrl();
    visibility = edit.visibility();
    edit.requireDistinctCapabilities();
    List<StoredCapability> next = edit.capabilities().stream().map(StoredCapability::of).toList();
    if (!capabilities.equals(next)) {
      // A new list is stored by deleting and inserting: names that swap places never collide.
      capabilities = new ArrayList<>(next);
    }
    requireEndpointWhenDeployed();
  }

  void deploy(Visibility audience, Owner owner) {
    moveTo(AgentStatus.DEPLOYED);
    join(owner);
    visibility = audience;
    if (audience == Visibility.TEAM && ownerDeptCode == null) {
      throw new InvalidRequest("visibility", "no_team", "the owner has no department");
    }
    requireEndpointWhenDeployed();
  }

  void undeploy() {
    moveTo(AgentStatus.DEVELOPMENT);
    visibility = Visibility.PRIVATE;
  }

  void moveTo(AgentStatus next) {
    if (!status.leadsTo(next)) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The agent is %s and cannot become %s.".formatted(status, next));
    }
    status = next;
  }

  /** Takes over the owner's present department. */
  final void join(Owner owner) {
    ownerDeptCode = owner.deptCode();
  }

  private void requireEndpointWhenDeployed() {
    if (status == AgentStatus.DEPLOYED && endpointUrl == null) {
      throw new InvalidRequest("endpoint_url", "required", "is needed by a deployed agent");
    }
  }

  AgentEdit edit() {
    var known = capabilities.stream().map(StoredCapability::capability).toList();
    return new AgentEdit(name, description, framework, endpointUrl, visibility, known);
  }

  /** What the audit log keeps of it. */
  State state() {
    return new State(ownerId, status, edit(), deletedAt());
  }

  long ownerId() {
    return ownerId;
  }

  AgentStatus status() {
    return status;
  }

  /**
   * See {@link #state}.
   *
   * @param deletedAt null while live
   */
  record State(long ownerId, AgentStatus status, AgentEdit settings, @Nullable Instant deletedAt) {}

  /** A row of the table of capabilities. */
  @Embeddable
  record StoredCapability(String name, @Nullable String description, List<String> tags) {

    static StoredCapability of(Capability capability) {
      return new StoredCapability(capability.name(), capability.description(), capability.tags());
    }

    Capability capability() {
      return new Capability(name, description, tags);
    }
  }
}
