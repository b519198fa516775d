package io.a2g.agent.registry;

import io.a2g.common.security.Caller;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Agents with their owners' names, each read in one statement. A deleted owner's names stay
 * readable, and a missing owner hides no agent.
 */
@Repository
public class AgentCatalog {

  private static final String GET =
      "SELECT "
          + AgentRows.COLUMNS
          + "FROM agents.agents a LEFT JOIN LATERAL users.user_names(ARRAY[a.owner_id]) o ON true "
          + AgentRows.CAPABILITIES
          + "WHERE a.id = ? AND "
          + AgentAccess.VISIBLE;

  private final JdbcClient jdbc;
  private final AgentRows rows;

  AgentCatalog(JdbcClient jdbc, JsonMapper mapper) {
    this.jdbc = jdbc;
    this.rows = new AgentRows(mapper);
  }

  /** An agent the caller may see; deleted ones are there for owner and administrators. */
  public AgentView get(Caller caller, long id) {
    return jdbc.sql(GET)
        .param(id)
        .param(caller.isAdmin())
        .param(caller.userId())
        .param(caller.deptCode())
        .query(rows)
        .optional()
        .orElseThrow(() -> AgentAccess.notFound(id));
  }

  /** What the caller may see, newest first, below an id. */
  public List<AgentView> list(Caller caller, AgentFilter filter, long before, int limit) {
    AgentListSql sql = new AgentListSql(caller, filter, before, limit);
    return jdbc.sql(sql.text()).params(sql.parameters()).query(rows).list();
  }
}
