package io.a2g.common.orphan;

import io.a2g.common.topology.ReferenceTarget;
import io.a2g.common.topology.TargetStates;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Asks the states function that the target's schema publishes in the same database, on the
 * auditor's own connection.
 */
public final class ConnectionTargetStates implements TargetStates {

  private final Connection connection;

  /** Asks on this connection. */
  public ConnectionTargetStates(Connection connection) {
    this.connection = connection;
  }

  @Override
  public Map<Long, Boolean> statesOf(ReferenceTarget target, Collection<Long> ids) {
    String sql = "SELECT id, live FROM %s(?)".formatted(target.statesFunction());
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
      try (ResultSet row = query.executeQuery()) {
        Map<Long, Boolean> states = new HashMap<>();
        while (row.next()) {
          states.put(row.getLong(1), row.getBoolean(2));
        }
        return states;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(target.statesFunction() + " failed", e);
    }
  }
}
