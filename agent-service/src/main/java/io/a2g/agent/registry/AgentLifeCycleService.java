package io.a2g.agent.registry;

import io.a2g.common.audit.AuditLog;
import io.a2g.common.error.ProblemException;
import io.a2g.common.security.Caller;
import io.a2g.common.web.EntityTags;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The only way to change an agent's status; every change is kept. */
@Service
public class AgentLifeCycleService {

  private final AgentRepository agents;
  private final AgentAccess access;
  private final AgentReader reader;
  private final AgentReferences references;
  private final StatusChangeTable history;
  private final AuditLog audit;

  AgentLifeCycleService(
      AgentRepository agents,
      AgentAccess access,
      AgentReader reader,
      AgentReferences references,
      StatusChangeTable history,
      AuditLog audit) {
    this.agents = agents;
    this.access = access;
    this.reader = reader;
    this.references = references;
    this.history = history;
    this.audit = audit;
  }

  /**
   * A requested change of status.
   *
   * @param ifMatch see {@link EntityTags#requireMatch}
   * @param reason kept in the history; null when none is given
   */
  public record Step(
      Caller caller, long agentId, @Nullable String ifMatch, @Nullable String reason) {}

  /**
   * Opens the agent to its audience; a team is the owner's present department.
   *
   * @throws ProblemException 409 unless it is in DEVELOPMENT; 422 without an endpoint, or without a
   *     department to share it with
   */
  @Transactional
  public AgentView deploy(Step step, Visibility audience) {
    return change(step, agent -> agent.deploy(audience, references.find(agent.ownerId())));
  }

  /**
   * Back to DEVELOPMENT from DEPLOYED or DISABLED; only the owner and administrators see it then.
   */
  @Transactional
  public AgentView undeploy(Step step) {
    return change(step, Agent::undeploy);
  }

  /** Out of service, from DEVELOPMENT or DEPLOYED. */
  @Transactional
  public AgentView disable(Step step) {
    return change(step, agent -> agent.moveTo(AgentStatus.DISABLED));
  }

  /** Kept for the record, for good. */
  @Transactional
  public AgentView archive(Step step) {
    return change(step, agent -> agent.moveTo(AgentStatus.ARCHIVED));
  }

  /** What happened to an agent, newest first, below an id; for who may change it. */
  public List<StatusChange> history(Caller caller, long agentId, long before, int limit) {
    AgentView agent = reader.get(caller, agentId);
    if (!caller.mayAct(agent.ownerId())) {
      throw AgentAccess.forbidden();
    }
    return history.list(agentId, before, limit);
  }

  private AgentView change(Step step, Consumer<Agent> change) {
    Agent agent = access.lockLive(step.caller(), step.agentId(), step.ifMatch());
    AgentStatus from = agent.status();
    Agent.State before = agent.state();
    change.accept(agent);
    agents.saveAndFlush(agent);
    history.add(agent.id(), from, agent.status(), step.caller().userId(), step.reason());
    audit.record("agent.status_changed", AgentService.AGENT, agent.id(), before, agent.state());
    return reader.get(step.caller(), agent.id());
  }
}
