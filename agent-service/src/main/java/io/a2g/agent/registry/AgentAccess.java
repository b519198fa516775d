package io.a2g.agent.registry;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.security.Caller;
import io.a2g.common.web.EntityTags;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Decides who may see, use and change an agent, and locks agents for a change. */
@Repository
public class AgentAccess {

  /** Others' agents that a user finds; the parameter is the user's department. */
  static final String SHARED =
      """
      (a.deleted_at IS NULL AND a.status = 'DEPLOYED'
        AND (a.visibility = 'PUBLIC' OR (a.visibility = 'TEAM' AND a.owner_dept_code = ?)))
      """;

  /** Parameters: whether the caller is an administrator, caller, the caller's department. */
  static final String VISIBLE = "(? OR a.owner_id = ? OR " + SHARED + ")";

  private static final String USABLE =
      "SELECT true FROM agents.agents a WHERE a.id = ? AND a.deleted_at IS NULL AND " + VISIBLE;

  private static final String CHANGEABLE =
      """
      SELECT true FROM agents.agents a
      WHERE a.id = ? AND a.deleted_at IS NULL AND (? OR a.owner_id = ?)
      """;

  private final JdbcClient jdbc;
  private final AgentRepository agents;

  AgentAccess(JdbcClient jdbc, AgentRepository agents) {
    this.jdbc = jdbc;
    this.agents = agents;
  }

  /**
   * Lets pass who may use the agent: owner, administrators, and everybody it is deployed for.
   *
   * @throws ResourceNotFound for everybody else, and when the agent is deleted
   */
  public void requireUsable(Caller caller, long id) {
    if (!isUsable(caller, id)) {
      throw notFound(id);
    }
  }

  /**
   * Lets pass who may change the agent: owner and administrators.
   *
   * @throws ResourceNotFound when the caller may not even use it, or it is deleted
   * @throws ProblemException 403 when the caller may only use it
   */
  public void requireChangeable(Caller caller, long id) {
    if (!exists(CHANGEABLE, id, caller.isAdmin(), caller.userId())) {
      throw refusal(caller, id);
    }
  }

  /** As {@link #requireChangeable}; the agent stays live until the transaction ends. */
  public void pinChangeable(Caller caller, long id) {
    if (!exists(CHANGEABLE + " FOR KEY SHARE", id, caller.isAdmin(), caller.userId())) {
      throw refusal(caller, id);
    }
  }

  /**
   * A live agent that the caller may change, locked until the transaction ends.
   *
   * @param ifMatch see {@link EntityTags#requireMatch}
   */
  Agent lockLive(Caller caller, long id, @Nullable String ifMatch) {
    Agent agent = lock(caller, id);
    if (!agent.isLive()) {
      throw notFound(id);
    }
    EntityTags.requireMatch(ifMatch, agent.version());
    return agent;
  }

  /** As {@link #lockLive}, deleted ones too. */
  Agent lock(Caller caller, long id) {
    return agents
        .findForUpdate(id, caller.userId(), caller.isAdmin())
        .orElseThrow(() -> refusal(caller, id));
  }

  private ProblemException refusal(Caller caller, long id) {
    return isUsable(caller, id) ? forbidden() : notFound(id);
  }

  static ProblemException forbidden() {
    return new ProblemException(
        ProblemType.FORBIDDEN, "Only its owner or an administrator may do this.");
  }

  static ResourceNotFound notFound(long id) {
    return new ResourceNotFound("agent", id);
  }

  private boolean isUsable(Caller caller, long id) {
    return exists(USABLE, id, caller.isAdmin(), caller.userId(), caller.deptCode());
  }

  private boolean exists(String sql, @Nullable Object... parameters) {
    return jdbc.sql(sql)
        .params(Arrays.asList(parameters))
        .query((row, number) -> true)
        .optional()
        .orElse(false);
  }
}
