package io.a2g.agent.registry;

import io.a2g.common.security.Caller;
import java.util.ArrayList;
import java.util.List;

/**
 * The statement for one page of agents. A user's page is merged from the own, the public and the
 * team's agents, each read from its own index in order: however many agents there are that the user
 * may not see, none of them is looked at.
 */
final class AgentListSql {

  private final AgentFilter filter;
  private final long before;
  private final int limit;
  private final List<String> sources = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();

  AgentListSql(Caller caller, AgentFilter filter, long before, int limit) {
    this.filter = filter;
    this.before = before;
    this.limit = limit;
    if (caller.isAdmin()) {
      addSource("true");
    } else {
      addSource("a.owner_id = ?", caller.userId());
      if (!filter.deleted()) {
        addShared(caller);
      }
    }
    parameters.add(limit);
  }

  private void addShared(Caller caller) {
    addSource(
        "a.status = 'DEPLOYED' AND a.visibility = 'PUBLIC' AND a.owner_id <> ?", caller.userId());
    if (caller.deptCode() != null) {
      addSource(
          "a.status = 'DEPLOYED' AND a.visibility = 'TEAM' AND a.owner_id <> ? AND a.owner_dept_code = ?",
          caller.userId(),
          caller.deptCode());
    }
  }

  private void addSource(String condition, Object... values) {
    StringBuilder sql = new StringBuilder("(SELECT a.* FROM agents.agents a WHERE ");
    sql.append(condition);
    parameters.addAll(List.of(values));
    sql.append(filter.deleted() ? " AND a.deleted_at IS NOT NULL" : " AND a.deleted_at IS NULL");
    if (filter.ownerId() != null) {
      sql.append(" AND a.owner_id = ?");
      parameters.add(filter.ownerId());
    }
    if (filter.status() != null) {
      sql.append(" AND a.status = ?");
      parameters.add(filter.status().name());
    }
    if (filter.framework() != null) {
      sql.append(" AND a.framework = ?");
      parameters.add(filter.framework().name());
    }
    sources.add(sql.append(" AND a.id < ? ORDER BY a.id DESC LIMIT ?)").toString());
    parameters.add(before);
    parameters.add(limit);
  }

  /**
   * @param names see {@link OwnerDirectory#ofPage}
   */
  String text(String names) {
    return """
    WITH page AS (SELECT * FROM (%s) AS s ORDER BY id DESC LIMIT ?), names AS (%s)
    SELECT %s FROM page a LEFT JOIN names o ON o.id = a.owner_id %s ORDER BY a.id DESC
    """
        .formatted(
            String.join(" UNION ALL ", sources), names, AgentRows.COLUMNS, AgentRows.CAPABILITIES);
  }

  List<Object> parameters() {
    return parameters;
  }
}
