package io.a2g.agent.registry;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.security.Caller;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who may see, use and change an agent. */
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

  private final JdbcClient jdbc;

  AgentAccess(JdbcClient jdbc) {
    this.jdbc = jdbc;
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
   * Lets pass who may change the agent: owner and administrators. Within a transaction the agent
   * stays live until it ends.
   *
   * @throws ResourceNotFound when the caller may not even use it, or it is deleted
   * @throws ProblemException 403 when the caller may only use it
   */
  public void requireChangeable(Caller caller, long id) {
    boolean changeable =
        jdbc.sql(
                """
                SELECT true FROM agents.agents
                WHERE id = ? AND deleted_at IS NULL AND (? OR owner_id = ?) FOR KEY SHARE
                """)
            .params(id, caller.isAdmin(), caller.userId())
            .query((row, number) -> true)
            .optional()
            .orElse(false);
    if (!changeable) {
      throw refusal(caller, id);
    }
  }

  /** Why the caller may not change this agent. */
  ProblemException refusal(Caller caller, long id) {
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
    return jdbc.sql(
            "SELECT true FROM agents.agents a WHERE a.id = ? AND a.deleted_at IS NULL AND "
                + VISIBLE)
        .param(id)
        .param(caller.isAdmin())
        .param(caller.userId())
        .param(caller.deptCode())
        .query((row, number) -> true)
        .optional()
        .orElse(false);
  }
}
