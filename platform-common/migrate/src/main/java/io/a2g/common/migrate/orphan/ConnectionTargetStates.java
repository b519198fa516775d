package io.a2g.common.migrate.orphan;

import io.a2g.common.database.Sql;
import io.a2g.common.topology.ReferenceTarget;
import io.a2g.common.topology.TargetStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Asks the states function that the target's schema publishes in the same database, on the
 * scanner's own connection.
 */
public final class ConnectionTargetStates implements TargetStates {

  private final Sql sql;

  /** Asks on this connection. */
  public ConnectionTargetStates(Connection connection) {
    this.sql = new Sql(connection);
  }

  @Override
  public Map<Long, Boolean> statesOf(ReferenceTarget target, Collection<Long> ids) {
    Map<Long, Boolean> states = new HashMap<>();
    try {
      sql.list(
          "SELECT id, live FROM %s(?)".formatted(target.statesFunction()),
          row -> states.put(row.getLong(1), row.getBoolean(2)),
          (Object) ids.toArray(Long[]::new));
      return states;
    } catch (SQLException e) {
      throw new IllegalStateException(target.statesFunction() + " failed", e);
    }
  }
}
