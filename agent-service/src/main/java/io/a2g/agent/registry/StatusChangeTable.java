package io.a2g.agent.registry;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The history of agents; rows are only added. */
@Repository
class StatusChangeTable {

  private final JdbcClient jdbc;

  StatusChangeTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(long agentId, AgentStatus from, AgentStatus to, long by, @Nullable String reason) {
    jdbc.sql(
            """
            INSERT INTO agents.agent_status_changes
              (agent_id, from_status, to_status, changed_by, reason) VALUES (?, ?, ?, ?, ?)
            """)
        .param(agentId)
        .param(from.name())
        .param(to.name())
        .param(by)
        .param(reason)
        .update();
  }

  /** Newest first, below an id. */
  List<StatusChange> list(long agentId, long before, int limit) {
    return jdbc.sql(
            """
            SELECT id, from_status, to_status, changed_by, reason, changed_at
            FROM agents.agent_status_changes WHERE agent_id = ? AND id < ? ORDER BY id DESC LIMIT ?
            """)
        .params(agentId, before, limit)
        .query((row, number) ->
            new StatusChange(
                row.getLong(1),
                AgentStatus.valueOf(row.getString(2)),
                AgentStatus.valueOf(row.getString(3)),
                row.getLong(4),
                row.getString(5),
                row.getObject(6, OffsetDateTime.class).toInstant()))
        .list();
  }
}
