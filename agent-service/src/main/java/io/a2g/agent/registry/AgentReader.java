package io.a2g.agent.registry;

import io.a2g.common.security.Caller;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Agents with their owners' names, a page of them read in one statement. A deleted owner's names
 * stay readable, and a missing owner hides no agent.
 */
@Repository
public class AgentReader {

  private final JdbcClient jdbc;
  private final AgentRows rows;
  private final OwnerDirectory owners;
  private final String get;

  AgentReader(JdbcClient jdbc, JsonMapper mapper, OwnerDirectory owners) {
    this.jdbc = jdbc;
    this.rows = new AgentRows(mapper);
    this.owners = owners;
    this.get =
        "SELECT "
            + AgentRows.COLUMNS
            + "FROM agents.agents a "
            + owners.joinToAgent()
            + AgentRows.CAPABILITIES
            + "WHERE a.id = ? AND "
            + AgentAccess.VISIBLE;
  }

  /** An agent the caller may see; deleted ones are there for owner and administrators. */
  public AgentView get(Caller caller, long id) {
    return jdbc.sql(get)
        .param(id)
        .param(caller.isAdmin())
        .param(caller.userId())
        .param(caller.deptCode())
        .query(rows)
        .optional()
        .map(agent -> owners.complete(caller, agent))
        .orElseThrow(() -> AgentAccess.notFound(id));
  }

  /** What the caller may see, newest first, below an id. */
  public List<AgentView> list(Caller caller, AgentFilter filter, long before, int limit) {
    AgentListSql sql = new AgentListSql(caller, filter, before, limit);
    return owners.complete(
        jdbc.sql(sql.text(owners.ofPage())).params(sql.parameters()).query(rows).list());
  }
}
