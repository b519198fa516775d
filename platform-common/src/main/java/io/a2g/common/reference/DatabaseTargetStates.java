package io.a2g.common.reference;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Asks the states function that the target's schema publishes in the same database. */
public final class DatabaseTargetStates implements TargetStates {

  @Override
  public Map<Long, Boolean> of(
      Connection connection, ReferenceTarget target, Collection<Long> ids) {
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
      throw new TargetNotAsked(explain(target, String.valueOf(e.getSQLState())), e);
    }
  }

  private static String explain(ReferenceTarget target, String state) {
    return switch (state) {
      case "42883", "3F000" ->
          "%s is not there: migrate %s".formatted(target.statesFunction(), owner(target));
      case "42501" ->
          "no right to call %s: run create-schemas, then migrate %s"
              .formatted(target.statesFunction(), owner(target));
      default -> "%s does not answer (SQLSTATE %s)".formatted(target.statesFunction(), state);
    };
  }

  private static String owner(ReferenceTarget target) {
    return target.owner().serviceName();
  }
}
