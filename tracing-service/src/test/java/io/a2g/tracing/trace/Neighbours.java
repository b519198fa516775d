package io.a2g.tracing.trace;

import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.database.MigratedDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Agents and sessions, made by SQL: this module cannot depend on the services that own them. */
record Neighbours(MigratedDatabase database) {

  long agent(TestUser owner, String status, String visibility) {
    return insert(
        """
        INSERT INTO agents.agents (owner_id, owner_dept_code, name, framework, status, visibility)
        VALUES (?, ?, 'agent-' || gen_random_uuid(), 'CUSTOM', ?, ?) RETURNING id
        """,
        owner.id(),
        owner.deptCode(),
        status,
        visibility);
  }

  long session(TestUser owner, long agentId, String traceId) {
    return insert(
        """
        INSERT INTO chat.chat_sessions (user_id, agent_id, trace_id) VALUES (?, ?, ?) RETURNING id
        """,
        owner.id(),
        agentId,
        traceId);
  }

  void deleteAgent(long id) {
    insert("UPDATE agents.agents SET deleted_at = now() WHERE id = ? RETURNING id", id);
  }

  void deleteSession(long id) {
    insert("UPDATE chat.chat_sessions SET deleted_at = now() WHERE id = ? RETURNING id", id);
  }

  private long insert(String sql, Object... values) {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
