package io.a2g.common.testkit;

import io.a2g.common.testkit.database.MigratedDatabase;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes agents by SQL, for tests of services other than agent-service and for what agent-service
 * would refuse.
 */
public final class TestAgents {

  private final MigratedDatabase database;

  /** Agents of this database. */
  public TestAgents(MigratedDatabase database) {
    this.database = database;
  }

  /** A new agent that only its owner may use. */
  public long of(TestUser owner) {
    return make(owner, "DEVELOPMENT", "PRIVATE");
  }

  /** A new agent in this state, of the owner's team. */
  public long make(TestUser owner, String status, String visibility) {
    return insert(owner.id(), owner.deptCode(), status, visibility);
  }

  /** A new agent that only its owner may use; there need be no such user. */
  public long of(long ownerId) {
    return insert(ownerId, null, "DEVELOPMENT", "PRIVATE");
  }

  private long insert(long ownerId, @Nullable String deptCode, String status, String visibility) {
    return number(
        """
        INSERT INTO agents.agents (owner_id, owner_dept_code, name, framework, status, visibility)
        VALUES (?, ?, 'agent ' || gen_random_uuid(), 'CUSTOM', ?, ?) RETURNING id
        """,
        ownerId,
        deptCode,
        status,
        visibility);
  }

  /** Marks an agent deleted, as agent-service would. */
  public void delete(long id) {
    number("UPDATE agents.agents SET deleted_at = now() WHERE id = ? RETURNING id", id);
  }

  private long number(String sql, @Nullable Object... values) {
    try (var connection = database.connect();
        var statement = connection.prepareStatement(sql)) {
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
