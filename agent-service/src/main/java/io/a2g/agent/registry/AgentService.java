package io.a2g.agent.registry;

import io.a2g.common.audit.AuditLog;
import io.a2g.common.reference.ReferenceHolders;
import io.a2g.common.security.Caller;
import io.a2g.common.topology.ReferenceTarget;
import io.a2g.common.web.EntityTags;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Registers, edits, deletes and restores agents. */
@Service
public class AgentService {

  static final String AGENT = "agent";

  private final AgentRepository agents;
  private final AgentAccess access;
  private final AgentReader reader;
  private final AgentReferences references;
  private final ReferenceHolders holders;
  private final AuditLog audit;
  private final Clock clock;

  AgentService(
      AgentRepository agents,
      AgentAccess access,
      AgentReader reader,
      AgentReferences references,
      ReferenceHolders holders,
      AuditLog audit,
      Clock clock) {
    this.agents = agents;
    this.access = access;
    this.reader = reader;
    this.references = references;
    this.holders = holders;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Registers an agent in DEVELOPMENT.
   *
   * @param ownerId whose it is; null: the caller's
   */
  @Transactional
  public AgentView create(Caller caller, @Nullable Long ownerId, AgentEdit edit) {
    var owner = references.pin(caller.ownerOf("owner_id", ownerId));
    return stored(caller, "agent.created", null, new Agent(owner, edit));
  }

  /**
   * Changes what can be edited.
   *
   * @param ifMatch see {@link EntityTags#requireMatch}
   * @param edit computes the new values from the current ones, under the row's lock: two patches of
   *     different fields at once both count
   */
  @Transactional
  public AgentView update(
      Caller caller, long id, @Nullable String ifMatch, UnaryOperator<AgentEdit> edit) {
    Agent agent = access.lockLive(caller, id, ifMatch);
    Agent.State before = agent.state();
    agent.update(edit.apply(agent.edit()));
    return stored(caller, "agent.updated", before, agent);
  }

  /** Marks the agent deleted; what refers to it stays readable, nothing new can refer to it. */
  @Transactional
  public void delete(Caller caller, long id, @Nullable String ifMatch) {
    Agent agent = access.lockLive(caller, id, ifMatch);
    holders.requireDeletable(ReferenceTarget.of("agent"), id);
    Agent.State before = agent.state();
    agent.delete(clock.instant());
    agents.saveAndFlush(agent);
    audit.record("agent.deleted", AGENT, id, before, agent.state());
  }

  /** Brings a deleted agent back within 30 days, if its owner still is and its name is free. */
  @Transactional
  public AgentView restore(Caller caller, long id) {
    Agent agent = access.lock(caller, id);
    Agent.State before = agent.state();
    agent.join(references.pin(agent.ownerId()));
    agent.restore(clock.instant());
    return stored(caller, "agent.restored", before, agent);
  }

  private AgentView stored(
      Caller caller, String action, Agent.@Nullable State before, Agent agent) {
    Agent stored = agents.saveAndFlush(agent);
    audit.record(action, AGENT, stored.id(), before, stored.state());
    return reader.get(caller, stored.id());
  }
}
